import type { Machine } from '../gateway/report/machine.ts';
import { median } from '../gateway/statistics.ts';
import { CONTESTANTS, type Contestant, type Figures } from './visit.ts';

export interface Report {
  machine: Machine;
  settings: { clients: number; events: number; intervalMilliseconds: number; rounds: number };
  figures: readonly Figures[];
}

/** A Markdown table of medians, with each figure's ratio to bare graphql-ws. */
export function formatTable({ machine, settings, figures }: Report): string {
  const of = (contestant: Contestant, read: (figures: Figures) => number) =>
    median(figures.filter((each) => each.contestant === contestant).map(read));
  const compared = (contestant: Contestant, read: (figures: Figures) => number, digits = 0) => {
    const value = of(contestant, read);
    return `${value.toFixed(digits)} (${(value / of(CONTESTANTS[0], read)).toFixed(2)})`;
  };
  const rows = CONTESTANTS.map((name) => [
    name,
    compared(name, ({ openBytes }) => openBytes / 2 ** 20),
    compared(name, ({ peakBytes }) => peakBytes / 2 ** 20),
    compared(name, ({ p50 }) => p50, 1),
    compared(name, ({ p99 }) => p99, 1),
    compared(name, ({ cpuMicroseconds }) => cpuMicroseconds, 1),
    name === CONTESTANTS[0] ? '' : of(name, ({ upstreams }) => upstreams ?? Number.NaN).toFixed(0),
    name === CONTESTANTS[0] ? '' : of(name, ({ fetchesPerEvent }) => fetchesPerEvent ?? Number.NaN).toFixed(2),
    String(figures.filter((each) => each.contestant === name).reduce((sum, { faults }) => sum + faults, 0)),
  ]);
  const columns = [
    'server',
    'MB open',
    'MB peak',
    'p50 ms',
    'p99 ms',
    'CPU us per event and client',
    'upstreams',
    'entity fetches per event',
    'faults',
  ];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map(line),
    '',
    `In brackets: times bare graphql-ws. Medians of ${settings.rounds} rounds; ${settings.clients} clients with a socket and a subscription each, ` +
      `${settings.events} events ${settings.intervalMilliseconds} ms apart. ${machine.date}, ${machine.cores} x ${machine.processor}, ` +
      `${machine.memoryGib} GiB, ${machine.kernel}, Node ${machine.node}; load before the run ${machine.loadBefore}.`,
    '',
  ].join('\n');
}
