import type { QueryName } from '../dataset.ts';
import { askedQueries, type Figures, label, medians, type Report } from './report.ts';

interface Metric {
  title: string;
  value(figures: Figures): number;
  digits: number;
}

const METRICS: Metric[] = [
  { title: 'requests per second', value: ({ requestsPerSecond }) => requestsPerSecond, digits: 0 },
  { title: 'CPU time per request, ms', value: ({ cpuMilliseconds }) => cpuMilliseconds, digits: 2 },
  { title: '99th percentile of latency, ms', value: ({ p99 }) => p99, digits: 1 },
  { title: 'peak memory, MB', value: ({ peakBytes }) => peakBytes / 2 ** 20, digits: 0 },
];

const WIDTH = 1080;
const LABELS = 300;
const VALUES = 60;
const ROW = 20;
const TITLE = 44;
const GAP = 24;
const COLOURS = { own: '#0b6e4f', deduplicating: '#9db4c0', other: '#5c6b73', floor: '#c9ada7' };

/** Small multiples: a row of panels for each metric, a column for each query; bars from zero on linear scales. */
export function drawPlot(report: Report): string {
  const queries = askedQueries(report);
  const panelHeight = TITLE + report.gateways.length * ROW;
  const panelWidth = (WIDTH - LABELS - GAP * queries.length) / queries.length;
  const height = METRICS.length * (panelHeight + GAP);
  const panels = METRICS.flatMap((metric, row) => {
    const top = row * (panelHeight + GAP);
    const names = report.gateways.map((gateway, index) =>
      text(LABELS - 8, top + TITLE + index * ROW + 14, label(gateway), 'end'),
    );
    const columns = queries.map((query, column) =>
      drawPanel(report, metric, query, { x: LABELS + column * (panelWidth + GAP), y: top, width: panelWidth }),
    );
    return [...names, ...columns];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">`,
    '<title>The gateway beside others</title>',
    `<rect width="${WIDTH}" height="${height}" fill="white"/>`,
    ...panels,
    '</svg>\n',
  ].join('\n');
}

function drawPanel(
  report: Report,
  metric: Metric,
  query: QueryName,
  at: { x: number; y: number; width: number },
): string {
  const values = report.gateways.map(({ name }) => {
    const figures = medians(report, name, query);
    return figures && metric.value(figures);
  });
  const scale = (at.width - VALUES) / Math.max(...values.map((value) => value ?? 0));
  const bars = report.gateways.flatMap((gateway, index) => {
    const value = values[index];
    if (value === undefined) return [];
    const y = at.y + TITLE + index * ROW;
    const length = Math.max(1, value * scale);
    return [
      `<rect x="${at.x}" y="${y + 3}" width="${length.toFixed(1)}" height="${ROW - 6}" fill="${colour(gateway)}"/>`,
      text(at.x + length + 5, y + 14, value.toFixed(metric.digits)),
    ];
  });
  return [text(at.x, at.y + 30, `${query} query: ${metric.title}`, 'start', 'bold'), ...bars].join('\n');
}

function colour({ name, deduplicates }: Report['gateways'][number]): string {
  if (name.startsWith('colloquy')) return COLOURS.own;
  if (name === 'floor') return COLOURS.floor;
  return deduplicates ? COLOURS.deduplicating : COLOURS.other;
}

function text(x: number, y: number, content: string, anchor = 'start', weight = 'normal'): string {
  const escaped = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x.toFixed(1)}" y="${y}" text-anchor="${anchor}" font-weight="${weight}" fill="#222">${escaped}</text>`;
}
