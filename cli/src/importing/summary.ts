import type { IssueCount } from '../operations/session.ts';
import { bytes, clipPath, count } from '../presentation/format.ts';
import { issueCodes } from '../presentation/issue-codes.ts';
import { type Column, table } from '../presentation/table.ts';
import type { ImportOutcome } from './import-file.ts';
import type { ImportResult } from './result.ts';

const MOST_ROWS = 60;
const WIDEST_FILE = 48;

const COLUMNS: readonly Column[] = [
  { heading: 'file' },
  { heading: 'status' },
  { heading: 'conversations', numeric: true },
  { heading: 'messages', numeric: true },
  { heading: 'new/changed/same', numeric: true },
  { heading: 'items', numeric: true },
  { heading: 'seconds', numeric: true },
  { heading: 'read/s', numeric: true },
  { heading: 'issues', numeric: true },
  { heading: 'mostly' },
];

/**
 * The table at the end of an import: a row per file, and one for all when there are several. Of very many files those
 * come first that did not end well, and those that ended well are only counted once the table is full.
 */
export function summaryLines(outcomes: readonly ImportOutcome[], seconds: number): string[] {
  const shown = worthShowing(outcomes);
  const rows = shown.map(rowOf);
  if (outcomes.length > 1) rows.push(totalRow(outcomes, seconds));
  const lines = table(COLUMNS, rows);
  const hidden = outcomes.length - shown.length;
  if (hidden > 0) lines.splice(-1, 0, `… ${count(hidden)} more files, in --json all of them`);
  return lines;
}

function worthShowing(outcomes: readonly ImportOutcome[]): ImportOutcome[] {
  if (outcomes.length <= MOST_ROWS) return [...outcomes];
  const good = (outcome: ImportOutcome) => outcome.result.status === 'COMPLETED' && outcome.result.issues === 0;
  return [...outcomes.filter((one) => !good(one)), ...outcomes.filter(good)].slice(0, MOST_ROWS);
}

function rowOf({ result, doneBefore }: ImportOutcome): string[] {
  return [
    clipPath(result.file, WIDEST_FILE),
    doneBefore ? 'COMPLETED before' : statusOf(result),
    count(result.conversations),
    count(result.messages),
    movement(result),
    count(result.items),
    result.seconds.toFixed(1),
    result.bytesPerSecond === null ? '-' : bytes(result.bytesPerSecond),
    count(result.issues),
    issueCodes(result.issueCounts),
  ];
}

function statusOf({ status, code }: ImportResult): string {
  return code && code !== status ? `${status} (${code})` : status;
}

function totalRow(outcomes: readonly ImportOutcome[], seconds: number): string[] {
  const results = outcomes.map(({ result }) => result);
  const sum = (value: (result: ImportResult) => number) => results.reduce((total, result) => total + value(result), 0);
  const completed = results.filter(({ status }) => status === 'COMPLETED').length;
  return [
    `${count(outcomes.length)} files`,
    `${count(completed)} COMPLETED`,
    count(sum(({ conversations }) => conversations)),
    count(sum(({ messages }) => messages)),
    movement({
      newMessages: sum(({ newMessages }) => newMessages),
      changedMessages: sum(({ changedMessages }) => changedMessages),
      unchangedMessages: sum(({ unchangedMessages }) => unchangedMessages),
    }),
    count(sum(({ items }) => items)),
    seconds.toFixed(1),
    '',
    count(sum(({ issues }) => issues)),
    issueCodes(merged(results.flatMap(({ issueCounts }) => issueCounts))),
  ];
}

function movement(result: Pick<ImportResult, 'newMessages' | 'changedMessages' | 'unchangedMessages'>): string {
  return `${count(result.newMessages)}/${count(result.changedMessages)}/${count(result.unchangedMessages)}`;
}

function merged(counts: readonly IssueCount[]): IssueCount[] {
  const totals = new Map<string, number>();
  for (const { code, count: number } of counts) totals.set(code, (totals.get(code) ?? 0) + number);
  return [...totals].map(([code, number]) => ({ code, count: number })).sort((one, other) => other.count - one.count);
}
