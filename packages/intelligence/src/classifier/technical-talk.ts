import type { SourceMessage } from '../model.ts';

/** Code, paths, addresses and names spelt as programmers spell them. */
const SPELLING =
  /```|`[^`\n]+`|https?:\/\/|\b[a-z]+[A-Z]\w+\b|\b[A-Z][a-z]+[A-Z]\w*\b|\b[a-z]+_[a-z]\w+\b|\b[\w-]+\.(?:js|ts|py|rs|go|java|json|ya?ml|md|sql|sh|cpp|html|css)\b|\b[A-Z]+QL\b|\b(?:API|SDK|CLI|UI|JSON|HTTP|GPU|CPU|CI|ZIP|SQL|CSV|XML|UUID|JWT|TLS|DNS|SSH)s?\b/;
/** Words that hardly occur in talk about anything else. */
const VOCABULARY =
  /\b(?:database|repository|github|backend|frontend|compiler?|deployment|docker|kubernetes|postgres(?:ql)?|sqlite|mysql|redis|python|javascript|typescript|numpy|tensorflow|pytorch|linux|macos|ubuntu|pull request|refactor\w*|stack trace|npm|pip|tensor|parser|websockets?|graphql|schema|subgraphs?|queries|endpoint|runtime|async|stderr|stdout|regex|boolean|integer|localhost|middleware|microservices?|codebase|unit tests?)\b/i;
/** Share of the messages of some length with a sign from which a conversation counts as technical. */
const TECHNICAL_SHARE = 0.3;
const MIN_LENGTH = 30;
const READ = 4000;

/** From this many messages on, a conversation without an assistant is a thread of a discussion. */
const THREAD_FROM = 5;

/**
 * How far the linear model may be trusted in a conversation: not at all outside talk about software; sparingly in a chat
 * with an assistant; freely in a thread in which people discuss among themselves, the very talk that it has learnt from.
 */
export type ModelUse = 'never' | 'sparingly' | 'freely';

/** How far the linear model may be trusted in this conversation. */
export function modelUseIn(messages: readonly SourceMessage[]): ModelUse {
  let said = 0;
  let signs = 0;
  let answered = false;
  for (const { role, hidden, text } of messages) {
    if (hidden || (role !== 'USER' && role !== 'ASSISTANT')) continue;
    if (role === 'ASSISTANT') answered = true;
    if (text.length < MIN_LENGTH) continue;
    said += 1;
    const read = text.slice(0, READ);
    if (SPELLING.test(read) || VOCABULARY.test(read)) signs += 1;
  }
  if (said === 0 || signs / said < TECHNICAL_SHARE) return 'never';
  return !answered && said >= THREAD_FROM ? 'freely' : 'sparingly';
}
