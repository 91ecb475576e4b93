import { asObject, asText, type JsonObject } from '../../json/values.ts';

/** A line of a rollout, old or new, in one shape. */
export interface RolloutLine {
  /** `session_meta`, `response_item`, `event_msg`, `turn_context`, `compacted` ...; empty when it cannot be told. */
  kind: string;
  item: JsonObject;
  timestamp: unknown;
}

const KINDS = new Set(['session_meta', 'response_item', 'event_msg', 'turn_context', 'compacted', 'world_state']);

/** What the header of an old rollout may have besides its id and time. */
const HEADER_FIELDS = ['instructions', 'git', 'originator', 'cli_version'];

/**
 * New lines are `{timestamp, type, payload}`. Old ones are bare: the first is the session's header, without a type; then
 * come items as the model's interface has them, and `{record_type: "state"}`.
 */
export function rolloutLine(line: JsonObject): RolloutLine {
  const payload = asObject(line.payload);
  const { timestamp } = line;
  if (payload !== null)
    return { kind: asText(line.type) ?? '', item: payload, timestamp: timestamp ?? payload.timestamp };
  if (asText(line.record_type) !== null) return { kind: 'state', item: line, timestamp };
  if (asText(line.type) !== null) return { kind: 'response_item', item: line, timestamp };
  return { kind: isHeader(line) ? 'session_meta' : '', item: line, timestamp };
}

/** The first line of an old rollout. */
function isHeader(line: JsonObject): boolean {
  return asText(line.id) !== null && asText(line.timestamp) !== null && !('message' in line) && !('role' in line);
}

/** Whether the kind of line is known. */
export function isKnownKind(kind: string): boolean {
  return KINDS.has(kind) || kind === 'state';
}

/** Whether an object is a line of a Codex rollout; it may be cut off behind its first members. */
export function isCodexLine(line: JsonObject): boolean {
  if (line.record_type === 'state') return true;
  const type = asText(line.type) ?? '';
  if ('payload' in line) return KINDS.has(type);
  if (type === 'function_call' || type === 'function_call_output') return 'call_id' in line;
  return type === '' && isHeader(line) && HEADER_FIELDS.some((field) => field in line);
}
