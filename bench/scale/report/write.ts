import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { drawPlot } from './plot.ts';
import type { Report } from './report.ts';
import { formatReport } from './table.ts';

/** Writes `<path>.json` with every figure, `<path>.md` for reading, and `<path>.svg` when there is something to draw. */
export function writeReport(path: string, report: Report): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.json`, `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(`${path}.md`, formatReport(report));
  const plot = drawPlot(report);
  if (plot !== null) writeFileSync(`${path}.svg`, plot);
}
