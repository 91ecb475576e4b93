import { asObject, asText, type JsonObject } from '../../json/values.ts';

/** Lines that Claude Code writes beside the conversation: kept with the session's raw JSON. */
const BESIDE = new Set([
  'summary',
  'custom-title',
  'ai-title',
  'agent-name',
  'agent-color',
  'agent-setting',
  'file-history-snapshot',
  'queue-operation',
  'progress',
  'last-prompt',
  'pr-link',
  'tag',
  'mode',
  'permission-mode',
  'worktree-state',
  'content-replacement',
  'attachment',
  'system',
  'result',
]);

/** The session that a line names, or null; what the program prints to another program spells it otherwise. */
export function sessionIdOf(line: JsonObject): string | null {
  return asText(line.sessionId) ?? asText(line.session_id);
}

/** Whether the line is speech or context with words of its own. */
export function isMessage(line: JsonObject): boolean {
  if (asObject(line.message) !== null && line.type !== 'progress') return true;
  return (line.type === 'system' && asText(line.content) !== null) || isQueuedPrompt(line) || isDequeued(line);
}

/** What a person typed while the agent was at work. */
export function isQueuedPrompt(line: JsonObject): boolean {
  const attachment = asObject(line.attachment);
  return line.type === 'attachment' && attachment?.type === 'queued_command' && Boolean(attachment.prompt);
}

/** What a person typed and the program took out of its queue; the program's own notices go the same way. */
export function isDequeued(line: JsonObject): boolean {
  const content = line.type === 'queue-operation' && line.operation === 'remove' ? asText(line.content) : null;
  return content !== null && !content.trimStart().startsWith('<');
}

/** Whether a line that is no message is of a known kind. */
export function isKnownBeside(line: JsonObject): boolean {
  return BESIDE.has(asText(line.type) ?? '');
}

/** Whether an object is a line of a Claude Code session; it may be cut off behind its first members. */
export function isClaudeCodeLine(line: JsonObject): boolean {
  const type = asText(line.type);
  if (type === null) return false;
  if (type === 'summary') return 'leafUuid' in line;
  if (type === 'file-history-snapshot') return 'messageId' in line || 'snapshot' in line;
  if (BESIDE.has(type)) return 'sessionId' in line;
  if (type !== 'user' && type !== 'assistant') return false;
  return 'message' in line && ('sessionId' in line || 'uuid' in line || 'parentUuid' in line);
}
