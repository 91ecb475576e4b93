import { FAULTS, type Fault, PARTS } from './plan.ts';
import { type CaseResult, passed, RECOVERY_LIMIT_SECONDS } from './result.ts';

/** The results as a page in Markdown: what counts for a case is its last run; runs before it that failed are listed. */
export function markdown(results: readonly CaseResult[], about: { archive: string; machine: string }): string {
  const last = [...new Map(results.map((result) => [keyOf(result), result])).values()];
  const failures = last.filter((result) => !passed(result));
  const former = results.filter((result) => !passed(result) && !last.includes(result));
  const rows = PARTS.flatMap((part) =>
    FAULTS.map((fault) => last.filter((one) => one.part === part && one.fault === fault)),
  );
  const lines = [
    '# Results of the crash matrix',
    '',
    'Written by `node tests/crash/run.ts` from `cases.jsonl`; what is done and measured is in `docs/reliability.md`.',
    '',
    `${last.length} cases, ${last.length - failures.length} as they have to be. Archive: ${about.archive}. Machine: ${about.machine},`,
    `load before a case ${median(last.map(({ load }) => load))} (median), ${Math.max(0, ...last.map(({ load }) => load))} (highest).`,
    `Run from ${span(last.map(({ date }) => date.slice(0, 16)))}, at ${[...new Set(last.map(({ commit }) => commit))].join(', ')}.`,
    '',
    `Seconds; recovery is from the part's return to the next progress (limit ${RECOVERY_LIMIT_SECONDS}), over the cases in which the session still ran then.`,
    '',
    '| part | fault | cases | as required | lost | doubled | rows and objects missing / extra | away, median | still ran | recovery, median | recovery, highest |',
    '|---|---|---|---|---|---|---|---|---|---|---|',
    ...rows.filter((cases) => cases.length > 0).map(row),
    '',
    '## Where the faults fell',
    '',
    '| part | fault | stage at each moment (ms) |',
    '|---|---|---|',
    ...rows
      .filter((cases) => cases.length > 0)
      .map(
        (cases) =>
          `| ${cases[0]?.part} | ${cases[0]?.fault} | ${cases.map(({ stage, momentMs }) => `${stage} ${momentMs}`).join(', ')} |`,
      ),
    '',
    ...list('Failures', failures),
    ...list('Earlier runs that failed', former),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

const keyOf = ({ part, fault, round, seed }: { part: string; fault: Fault; round: number; seed: number }) =>
  `${part}/${fault}/${round}/${seed}`;

function row(cases: readonly CaseResult[]): string {
  const waited = cases.filter((one) => one.waited);
  const recoveries = waited.map(({ recoverySeconds }) => recoverySeconds);
  const sum = (of: (one: CaseResult) => number) => cases.reduce((total, one) => total + of(one), 0);
  const cells = [
    cases[0]?.part,
    cases[0]?.fault,
    cases.length,
    cases.filter(passed).length,
    sum(({ lost }) => lost),
    sum(({ doubled }) => doubled),
    `${sum(({ missing }) => missing)} / ${sum(({ extra }) => extra)}`,
    median(cases.map(({ awaySeconds }) => awaySeconds)),
    waited.length,
    waited.length === 0 ? '' : median(recoveries),
    waited.length === 0 ? '' : Math.max(...recoveries),
  ];
  return `| ${cells.join(' | ')} |`;
}

function list(title: string, cases: readonly CaseResult[]): string[] {
  if (cases.length === 0) return [];
  const item = (one: CaseResult) =>
    `- ${one.part}, ${one.fault}, round ${one.round}, ${one.momentMs} ms (${one.stage}), at ${one.commit}: ${one.faults.join(' ').replaceAll('\n', ' ')}`;
  return [`## ${title}`, '', ...cases.map(item), ''];
}

/** The middle value, or the mean of the middle two, to two places; 0 of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? 0, sorted[Math.floor(middle)] ?? 0];
  return Number(((low + high) / 2).toFixed(2));
}

function span(dates: readonly string[]): string {
  const sorted = [...dates].sort();
  return `${sorted[0] ?? 'never'} to ${sorted.at(-1) ?? 'never'} (UTC)`;
}
