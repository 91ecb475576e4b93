import type { QueryName } from '../dataset.ts';
import { label, medians, type Report } from './report.ts';

const OURS = 'colloquy';

/** Our figures divided by those of every gateway that does the same work: below 1, ours is the lower one. */
export function formatRatios(report: Report, query: QueryName): string {
  const rows = report.gateways.flatMap((gateway) => {
    const ours = medians(report, gateway.deduplicates ? `${OURS}+dedupe` : OURS, query);
    const theirs = medians(report, gateway.name, query);
    if (gateway.name.startsWith(OURS) || ours === undefined || theirs === undefined) return [];
    return [
      [
        label(gateway),
        ratio(ours.requestsPerSecond, theirs.requestsPerSecond),
        ratio(ours.cpuMilliseconds, theirs.cpuMilliseconds),
        ratio(ours.p99, theirs.p99),
        ratio(ours.peakBytes, theirs.peakBytes),
      ],
    ];
  });
  if (rows.length === 0) return '';
  const head = ['Colloquy divided by', 'requests/s', 'CPU per request', 'p99', 'peak memory'];
  return [head, ['---', '---:', '---:', '---:', '---:'], ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function ratio(ours: number, theirs: number): string {
  const value = ours / theirs;
  return value < 0.1 ? value.toFixed(3) : value.toFixed(2);
}
