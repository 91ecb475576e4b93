import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../gateways/gateway.ts';

const START = '<!-- results: written by bench/gateway/run.ts -->';
const END = '<!-- end of results -->';

/** Puts a report's table between the two marks in docs/benchmarks/gateway.md, and its plot beside that file. */
export function publish(path: string): void {
  const folder = join(ROOT, 'docs/benchmarks');
  const page = join(folder, 'gateway.md');
  const text = readFileSync(page, 'utf8');
  const start = text.indexOf(START);
  const end = text.indexOf(END);
  if (start === -1 || end < start) throw new Error(`${page} lacks the marks between which the results go.`);
  const table = readFileSync(`${path}.md`, 'utf8').trim();
  writeFileSync(
    page,
    `${text.slice(0, start + START.length)}\n\n![The medians](gateway.svg)\n\n${table}\n\n${text.slice(end)}`,
  );
  copyFileSync(`${path}.svg`, join(folder, 'gateway.svg'));
}
