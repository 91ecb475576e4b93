import type { IssueCount } from '../operations/session.ts';
import { bytes, clipPath, count, counted } from '../presentation/format.ts';
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
  const known = inOrderOfInterest(outcomes.filter((outcome) => !isNotSent(outcome)));
  const shown = known.slice(0, MOST_ROWS);
  const shared = commonFolder(outcomes.map(({ result }) => result.file));
  const rows = shown.map((outcome) => rowOf(outcome, shared));
  if (outcomes.length > 1) rows.push(totalRow(outcomes, seconds));
  if (rows.length === 0) return [];
  const lines = table(COLUMNS, rows);
  const hidden = known.length - shown.length;
  if (hidden > 0) lines.splice(-1, 0, `… ${counted(hidden, 'more file')}; --json has all of them`);
  return lines;
}

function inOrderOfInterest(outcomes: readonly ImportOutcome[]): ImportOutcome[] {
  if (outcomes.length <= MOST_ROWS) return [...outcomes];
  const good = (outcome: ImportOutcome) => outcome.result.status === 'COMPLETED' && outcome.result.issues === 0;
  return [...outcomes.filter((one) => !good(one)), ...outcomes.filter(good)];
}

/** Nothing is known of a file that had no turn before the command was stopped: it has no row. */
function isNotSent({ result }: ImportOutcome): boolean {
  return result.code === 'INTERRUPTED' && result.sessionId === null;
}

function rowOf({ result, doneBefore }: ImportOutcome, shared: string): string[] {
  return [
    clipPath(result.file.slice(shared.length), WIDEST_FILE),
    doneBefore ? 'COMPLETED before' : statusOf(result),
    count(result.conversations),
    count(result.messages),
    // What an earlier command added, this one did not.
    doneBefore ? '-' : movement(result),
    count(result.items),
    result.seconds.toFixed(1),
    result.bytesPerSecond === null ? '-' : bytes(result.bytesPerSecond),
    count(result.issues),
    issueCodes(result.issueCounts),
  ];
}

/** The folder that all the files are in, with the slash at its end; of a single file its own. */
function commonFolder(paths: readonly string[]): string {
  const [first = '', ...others] = paths;
  let shared = first.slice(0, first.lastIndexOf('/') + 1);
  while (!others.every((path) => path.startsWith(shared))) {
    shared = shared.slice(0, shared.lastIndexOf('/', shared.length - 2) + 1);
  }
  return shared;
}

function statusOf({ status, code }: ImportResult): string {
  if (code === 'INTERRUPTED') return `${status}, goes on`;
  return code && code !== status ? `${status} (${code})` : status;
}

function totalRow(outcomes: readonly ImportOutcome[], seconds: number): string[] {
  const results = outcomes.map(({ result }) => result);
  const now = outcomes.flatMap(({ result, doneBefore }) => (doneBefore ? [] : [result]));
  const sum = (value: (result: ImportResult) => number, of = results) =>
    of.reduce((total, result) => total + value(result), 0);
  const completed = results.filter(({ status }) => status === 'COMPLETED').length;
  return [
    `${count(outcomes.length)} files`,
    `${count(completed)} COMPLETED`,
    count(sum(({ conversations }) => conversations)),
    count(sum(({ messages }) => messages)),
    movement({
      newMessages: sum(({ newMessages }) => newMessages, now),
      changedMessages: sum(({ changedMessages }) => changedMessages, now),
      unchangedMessages: sum(({ unchangedMessages }) => unchangedMessages, now),
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
