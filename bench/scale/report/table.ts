import { median } from '../../gateway/statistics.ts';
import type { Round } from '../large.ts';
import { costRatio, LIMITS, medianOf, type Report } from './report.ts';

const MEGABYTE = 1e6;
const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [row(head), row(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(row)].join('\n');
}

/** The report in Markdown: verdicts first, then where time went, then how the figures were obtained. */
export function formatReport(report: Report): string {
  return joined([...resultsOf(report), statements(report), profile(report), origin(report)]);
}

/** The same without the lists that only somebody who works on the import wants. */
export function formatSummary(report: Report): string {
  return joined([...resultsOf(report), origin(report)]);
}

const resultsOf = (report: Report) => [verdicts(report), rounds(report), stages(report), peer(report)];

function joined(sections: readonly (string | null)[]): string {
  return `${sections.filter((section) => section !== null).join('\n\n')}\n`;
}

function verdicts(report: Report): string | null {
  const { large, peer: beside } = report;
  const cost = costRatio(report);
  const lines: (string | number)[][] = [];
  const add = (what: string, value: number, limit: string, met: boolean) =>
    lines.push([what, value.toFixed(2), limit, met ? 'yes' : 'NO']);
  if (large) {
    const ratio = medianOf(large.rounds, (round) => round.ratio);
    const peak = Math.max(...large.rounds.map((round) => round.import.workerPeakBytes));
    add(
      'time of the import divided by that of COPY',
      ratio,
      `at most ${LIMITS.ratioToCopy}`,
      ratio <= LIMITS.ratioToCopy,
    );
    add(
      "the worker's peak memory, MB",
      peak / MEGABYTE,
      `below ${LIMITS.peakBytes / MEGABYTE}`,
      peak < LIMITS.peakBytes,
    );
  }
  if (cost !== null)
    add(
      'cost per message divided by that of the small import',
      cost,
      `at most ${LIMITS.costRatio}`,
      cost <= LIMITS.costRatio,
    );
  if (beside)
    add(
      "messages per second of the parse alone divided by convoviz's",
      beside.timesFaster,
      `at least ${LIMITS.timesPeer}`,
      beside.timesFaster >= LIMITS.timesPeer,
    );
  return lines.length === 0 ? null : table(['', 'measured', 'limit', 'met'], lines);
}

const COLUMNS = [
  'import',
  'messages',
  'seconds',
  'messages/s',
  'MB/s',
  'survey s',
  'store s',
  'CPU s worker',
  'CPU s PostgreSQL',
  'idle MB',
  'peak MB',
  'COPY s',
  'CPU s COPY',
  'ratio',
  'load',
];

function rounds({ large, small }: Report): string | null {
  const lines: (string | number)[][] = [];
  const add = (name: string, played: readonly Round[], jsonBytes: number) => {
    const of = (read: (round: Round) => number, digits = 1) => medianOf(played, read).toFixed(digits);
    lines.push([
      name,
      of((round) => round.import.messages, 0),
      of((round) => round.import.seconds, 2),
      of((round) => round.import.messages / round.import.seconds, 0),
      of((round) => jsonBytes / MEGABYTE / round.import.seconds),
      of((round) => round.import.surveySeconds ?? 0),
      of((round) => round.import.seconds - (round.import.surveySeconds ?? 0)),
      of((round) => round.import.workerCpuSeconds),
      of((round) => round.import.serverCpuSeconds),
      of((round) => round.import.workerIdleBytes / MEGABYTE, 0),
      of((round) => round.import.workerPeakBytes / MEGABYTE, 0),
      of((round) => round.copy.seconds, 2),
      of((round) => round.copy.serverCpuSeconds),
      of((round) => round.ratio, 2),
      of((round) => Math.max(...round.loads)),
    ]);
  };
  if (large) add(`large, ${plural(large.rounds.length)}`, large.rounds, large.export.jsonBytes);
  if (small) {
    add('small, the first of its worker', [small.cold], small.export.jsonBytes);
    add(`small, then ${plural(small.warm.length)}`, small.warm, small.export.jsonBytes);
  }
  if (lines.length === 0) return null;
  return `### Parsed and stored\n\n${table(COLUMNS, lines)}${tenths(large)}`;
}

/** Seconds for each tenth of the messages: level when the cost does not grow with what is stored. */
function tenths(large: Report['large']): string {
  const ends = large?.rounds.at(-1)?.import.tenthsAfterSeconds ?? [];
  if (ends.length === 0) return '';
  const each = ends.map((end, index) =>
    (end - (ends[index - 1] ?? large?.rounds.at(-1)?.import.surveySeconds ?? 0)).toFixed(1),
  );
  return `\n\nSeconds for each tenth of the large import's messages, last round: ${each.join(', ')}.`;
}

function stages({ done }: Report): string | null {
  const last = done?.rounds.at(-1)?.import;
  if (!done || !last) return null;
  const lines = last.stages.map(({ stage, seconds, endedAfterSeconds }) => [
    stage,
    seconds.toFixed(1),
    endedAfterSeconds.toFixed(1),
  ]);
  const rate = Math.round(last.messages / last.seconds);
  const total = median(done.rounds.map((round) => round.import.seconds)).toFixed(1);
  return (
    `### To the end\n\n${table(['stage', 'seconds', 'ended after'], lines)}\n\n` +
    `${last.messages} messages, ${last.items} items, ${total} s (${rate} messages/s); stages run side by side, so their times overlap. ` +
    `CPU time: worker ${last.workerCpuSeconds.toFixed(0)} s, PostgreSQL ${last.serverCpuSeconds.toFixed(0)} s; peak memory of the worker, embedder included, ${(last.workerPeakBytes / MEGABYTE).toFixed(0)} MB.`
  );
}

function peer({ peer: figures }: Report): string | null {
  if (!figures) return null;
  const line = (which: 'ours' | 'convoviz') => {
    const all = figures.rounds.map((round) => round[which]);
    const seconds = median(all.map((one) => one.seconds));
    const peak = median(all.map(({ peakBytes }) => peakBytes));
    return [
      all[0]?.version ?? which,
      seconds.toFixed(2),
      median(all.map(({ cpuSeconds }) => cpuSeconds)).toFixed(2),
      (figures.messages / seconds).toFixed(0),
      (figures.jsonBytes / MEGABYTE / seconds).toFixed(1),
      (peak / MEGABYTE).toFixed(0),
    ];
  };
  const head = ['', 'seconds', 'CPU s', 'messages/s', 'MB/s', 'peak MB'];
  return `### The parse alone\n\n${figures.messages} messages in one conversations.json of ${Math.round(figures.jsonBytes / MEGABYTE)} MB, medians of ${plural(figures.rounds.length)}, in turn, ours after the survey and a warm-up of 50 conversations. In a process that has read nothing before the ratio is ${figures.timesFasterCold.toFixed(2)}; by CPU time, warm, ${figures.timesLessCpu.toFixed(2)}.\n\n${table(head, [line('ours'), line('convoviz')])}`;
}

function statements({ large, done }: Report): string | null {
  const last = large?.rounds.at(-1)?.statements ?? done?.rounds.at(-1)?.statements;
  if (!last) return null;
  const lines = last.map(({ query, calls, rows, seconds }) => [
    `\`${query.replaceAll('|', '\\|').slice(0, 90)}\``,
    calls,
    rows,
    seconds.toFixed(2),
  ]);
  return `### Statements that took PostgreSQL longest\n\n${table(['statement', 'calls', 'rows', 'seconds'], lines)}`;
}

function profile({ profile: functions }: Report): string | null {
  if (!functions) return null;
  const lines = functions.map(({ name, share }) => [`\`${name}\``, `${(share * 100).toFixed(1)} %`]);
  return `### Where the worker's main thread was busy\n\n${table(['function, without what it called', 'share'], lines)}`;
}

function origin({ machine, commit, command, versions, settings }: Report): string {
  return (
    `${machine.date}, ${machine.cores} x ${machine.processor}, ${machine.memoryGib} GiB, ${machine.kernel}, Node ${machine.node}, PostgreSQL ${versions.postgres}; ` +
    `load before the run ${machine.loadBefore}. Commit ${commit}, \`${command}\`; ${settings.bytesPerMessage} bytes of JSON per message, imported as ${settings.container}. ` +
    'Each import is in a database that is empty but migrated; COPY reads files on the server, as the owner, one table after the other.'
  );
}

const plural = (rounds: number): string => `${rounds} ${rounds === 1 ? 'round' : 'rounds'}`;
