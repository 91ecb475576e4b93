import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from './report.ts';
import { formatSummary } from './table.ts';

const PAGE = join(import.meta.dirname, '../../README.md');

/** Puts a report's tables between its two marks in bench/README.md; lists of statements and functions stay in the results. */
export function publish(report: Report): void {
  const [start, end] = [
    `<!-- scale, ${report.settings.through} -->`,
    `<!-- end of scale, ${report.settings.through} -->`,
  ];
  const text = readFileSync(PAGE, 'utf8');
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`${PAGE} lacks the marks between which the results go.`);
  writeFileSync(PAGE, `${text.slice(0, from + start.length)}\n\n${formatSummary(report)}\n${text.slice(to)}`);
}
