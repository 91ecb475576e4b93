import type { CliError } from '../exit.ts';
import type { IssueCount, Session } from '../operations/session.ts';

/** What `import --json` prints for a file, on one line. */
export interface ImportResult {
  file: string;
  sessionId: string | null;
  /**
   * The session's status. Without a session: FAILED when the platform refused the file, PENDING when the command was
   * stopped before the file's turn.
   */
  status: Session['status'];
  /** Why it failed, was refused or was left; null otherwise. */
  code: string | null;
  conversations: number;
  messages: number;
  items: number;
  issues: number;
  newConversations: number;
  newMessages: number;
  seconds: number;
  changedConversations: number;
  unchangedConversations: number;
  changedMessages: number;
  unchangedMessages: number;
  absentMessages: number;
  attachments: number;
  /** Issues by their code, the most frequent first. */
  issueCounts: IssueCount[];
  /** Of reading the archive (stage PARSE); null while it is not read. */
  bytesPerSecond: number | null;
  /** Whether the platform knew these bytes before. */
  alreadyImported: boolean;
}

/** The result of a file whose session is in this state. */
export function resultOfSession(
  file: string,
  session: Session,
  seen: { seconds: number; alreadyImported: boolean },
): ImportResult {
  return {
    file,
    sessionId: session.id,
    status: session.status,
    code: session.errorCode ?? (session.status === 'CANCELLED' ? 'CANCELLED' : null),
    conversations: session.conversationCount,
    messages: session.messageCount,
    items: session.itemCount,
    issues: session.issueCount,
    newConversations: session.newConversationCount,
    newMessages: session.newMessageCount,
    seconds: rounded(seen.seconds),
    changedConversations: session.changedConversationCount,
    unchangedConversations: session.unchangedConversationCount,
    changedMessages: session.changedMessageCount,
    unchangedMessages: session.unchangedMessageCount,
    absentMessages: session.absentMessageCount,
    attachments: session.attachmentCount,
    issueCounts: session.issueCounts,
    bytesPerSecond: session.bytesPerSecond === null ? null : Math.round(session.bytesPerSecond),
    alreadyImported: seen.alreadyImported,
  };
}

/** The result of a file that was refused, that was left, or whose session was lost sight of. */
export function resultWithout(
  file: string,
  end: {
    sessionId: string | null;
    status: Session['status'];
    error: CliError;
    seconds: number;
    alreadyImported: boolean;
  },
): ImportResult {
  return {
    file,
    sessionId: end.sessionId,
    status: end.status,
    code: end.error.code,
    conversations: 0,
    messages: 0,
    items: 0,
    issues: 0,
    newConversations: 0,
    newMessages: 0,
    seconds: rounded(end.seconds),
    changedConversations: 0,
    unchangedConversations: 0,
    changedMessages: 0,
    unchangedMessages: 0,
    absentMessages: 0,
    attachments: 0,
    issueCounts: [],
    bytesPerSecond: null,
    alreadyImported: end.alreadyImported,
  };
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
