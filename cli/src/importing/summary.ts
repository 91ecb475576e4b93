import { count } from '../presentation/format.ts';
import { table } from '../presentation/table.ts';
import type { ImportResult } from './result.ts';

/** The table at the end of an import, a row per file. */
export function summaryLines(results: readonly ImportResult[]): string[] {
  return table(
    [
      { heading: 'file' },
      { heading: 'status' },
      { heading: 'conversations', numeric: true },
      { heading: 'messages', numeric: true },
      { heading: 'items', numeric: true },
      { heading: 'issues', numeric: true },
      { heading: 'seconds', numeric: true },
      { heading: 'session' },
    ],
    results.map((result) => [
      result.file,
      result.code ? `${result.status} (${result.code})` : result.status,
      withNew(result.conversations, result.newConversations),
      withNew(result.messages, result.newMessages),
      count(result.items),
      count(result.issues),
      result.seconds.toFixed(1),
      result.sessionId ?? '-',
    ]),
  );
}

function withNew(held: number, added: number): string {
  return held === added ? count(held) : `${count(held)} (${count(added)} new)`;
}
