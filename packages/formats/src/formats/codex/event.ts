import type { MessageRole } from '@colloquy/domain';
import { asText, type JsonObject } from '../../json/values.ts';

/** What an event repeats of what was said. */
export interface Speech {
  role: MessageRole;
  text: string;
  /** Reasoning is no speech. */
  hidden: boolean;
}

/**
 * The speech in an event, or null. Events feed Codex's display and repeat what the items say; in some sessions, though,
 * the items are missing, and the events are all there is.
 */
export function speechOf(event: JsonObject): Speech | null {
  if (event.type === 'user_message') return speech('USER', event.message, false);
  if (event.type === 'agent_message') return speech('ASSISTANT', event.message, false);
  if (event.type === 'agent_reasoning') return speech('ASSISTANT', event.text, true);
  return null;
}

function speech(role: MessageRole, value: unknown, hidden: boolean): Speech | null {
  const text = asText(value);
  return text === null || text.trim() === '' ? null : { role, text, hidden };
}

/** How many turns of the user an event takes back; 0 when it takes back none. */
export function turnsTakenBack(event: JsonObject): number {
  const turns = event.type === 'thread_rolled_back' ? event.num_turns : 0;
  return typeof turns === 'number' && Number.isSafeInteger(turns) && turns > 0 ? turns : 0;
}

/** The name that a session was given, or null. */
export function nameGiven(event: JsonObject): string | null {
  if (event.type !== 'thread_name_updated') return null;
  return asText(event.thread_name) ?? asText(event.name);
}
