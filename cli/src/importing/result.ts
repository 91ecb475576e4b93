import type { CliError } from '../exit.ts';
import type { Session } from '../operations/session.ts';

/** What `import --json` prints for a file, on one line. */
export interface ImportResult {
  file: string;
  sessionId: string | null;
  /** The session's status; FAILED without a session when the platform refused the file. */
  status: Session['status'];
  /** Why it failed or was refused; null otherwise. */
  code: string | null;
  conversations: number;
  messages: number;
  items: number;
  issues: number;
  newConversations: number;
  newMessages: number;
  seconds: number;
}

/** The result of a file whose session is in this state. */
export function resultOfSession(file: string, session: Session, seconds: number): ImportResult {
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
    seconds: rounded(seconds),
  };
}

/** The result of a file that was refused, or whose session was lost sight of. */
export function resultOfError(file: string, error: CliError, sessionId: string | null, seconds: number): ImportResult {
  return {
    file,
    sessionId,
    status: 'FAILED',
    code: error.code,
    conversations: 0,
    messages: 0,
    items: 0,
    issues: 0,
    newConversations: 0,
    newMessages: 0,
    seconds: rounded(seconds),
  };
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
