import type { QueryName } from '../dataset.ts';
import { formatRatios } from './ratios.ts';
import { askedQueries, label, medians, type Report } from './report.ts';

const COLUMNS = [
  'gateway',
  'version',
  'requests/s',
  'CPU ms per request',
  'p50 ms',
  'p99 ms',
  'peak MB',
  'fetches',
  'gateway core',
  'load core',
];

/** One Markdown table for each query, and below them where and how the figures were obtained. */
export function formatTable(report: Report): string {
  const { machine, settings } = report;
  const failures = report.failures.map(
    ({ gateway, query, round }) => `- ${gateway} failed with the ${query} query in round ${round}.`,
  );
  return [
    ...askedQueries(report).map((query) =>
      `### The ${query} query\n\n${queryTable(report, query)}\n\n${formatRatios(report, query)}`.trimEnd(),
    ),
    `Medians of ${settings.rounds} ${settings.rounds === 1 ? 'round' : 'rounds'}, each ${settings.seconds} s after ${settings.warmUpSeconds} s of warming up, ` +
      `${settings.connections} connections, data set \`${settings.data}\`. ${machine.date}, ${machine.cores} x ${machine.processor}, ` +
      `${machine.memoryGib} GiB, ${machine.kernel}, Node ${machine.node}; load before the run ${machine.loadBefore}.\n`,
    ...(failures.length === 0 ? [] : [`${failures.join('\n')}\n`]),
  ].join('\n\n');
}

function queryTable(report: Report, query: QueryName): string {
  const rows = report.gateways.flatMap((gateway) => {
    const figures = medians(report, gateway.name, query);
    if (figures === undefined) return [];
    const { requestsPerSecond, cpuMilliseconds, p50, p99, peakBytes, fetchesPerRequest } = figures;
    return [
      [
        label(gateway),
        gateway.version,
        requestsPerSecond.toFixed(0),
        cpuMilliseconds.toFixed(2),
        p50.toFixed(1),
        p99.toFixed(1),
        (peakBytes / 2 ** 20).toFixed(0),
        fetchesPerRequest.toFixed(1),
        `${(figures.gatewayBusy * 100).toFixed(0)} %`,
        `${(figures.loadBusy * 100).toFixed(0)} %`,
      ],
    ];
  });
  const rule = COLUMNS.map((_, index) => (index < 2 ? '---' : '---:'));
  return [COLUMNS, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
