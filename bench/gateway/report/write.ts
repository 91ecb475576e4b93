import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { drawPlot } from './plot.ts';
import type { Report } from './report.ts';
import { formatTable } from './table.ts';

/** Writes `<path>.json` with every measurement, and the medians as `<path>.md` and `<path>.svg`. */
export function writeReport(path: string, { gateways, ...rest }: Report): void {
  const listed = gateways.map(({ name, title, version, deduplicates }) => ({ name, title, version, deduplicates }));
  const report: Report = { ...rest, gateways: listed };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.json`, `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(`${path}.md`, formatTable(report));
  writeFileSync(`${path}.svg`, drawPlot(report));
}
