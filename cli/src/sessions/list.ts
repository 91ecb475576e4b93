import { isTerminal, type Session } from '../operations/session.ts';
import { clip, clipPath, count, percent } from '../presentation/format.ts';
import { issueCodes } from '../presentation/issue-codes.ts';
import { table } from '../presentation/table.ts';

/** The table of `colloquy sessions`. */
export function sessionLines(sessions: readonly Session[]): string[] {
  return table(
    [
      { heading: 'session' },
      { heading: 'status' },
      { heading: 'stage' },
      { heading: 'done', numeric: true },
      { heading: 'messages/s', numeric: true },
      { heading: 'conversations', numeric: true },
      { heading: 'messages', numeric: true },
      { heading: 'new/changed/same', numeric: true },
      { heading: 'items', numeric: true },
      { heading: 'issues', numeric: true },
      { heading: 'created' },
      { heading: 'file' },
      { heading: 'remark' },
    ],
    sessions.map((session) => [
      session.id,
      session.status,
      // An ended session stands nowhere: DONE says no more than COMPLETED.
      session.status === 'COMPLETED' ? '' : session.stage,
      percent(session.fraction),
      session.messagesPerSecond === null ? '-' : count(session.messagesPerSecond),
      count(session.conversationCount),
      count(session.messageCount),
      movement(session),
      count(session.itemCount),
      count(session.issueCount),
      session.createdAt.slice(0, 16).replace('T', ' '),
      clipPath(session.archive.fileName, 40),
      remark(session),
    ]),
  );
}

function movement({ newMessageCount, changedMessageCount, unchangedMessageCount }: Session): string {
  return `${count(newMessageCount)}/${count(changedMessageCount)}/${count(unchangedMessageCount)}`;
}

function remark(session: Session): string {
  if (session.errorCode) return session.errorCode;
  if (session.waitingFor && !isTerminal(session.status)) return `waits for ${clip(session.waitingFor, 60)}`;
  return issueCodes(session.issueCounts);
}
