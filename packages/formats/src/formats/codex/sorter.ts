import { IssueLog } from '../../conversation/issues.ts';
import { storableId } from '../../conversation/storable.ts';
import { asObject, asText, type JsonObject } from '../../json/values.ts';
import type { Placement } from '../json-lines/session-format.ts';
import { speechOf } from './event.ts';
import { isMessageItem } from './item.ts';
import { rolloutLine } from './line.ts';

/** The id in a `session_meta` line, or null. */
export function sessionIdOf(meta: JsonObject): string | null {
  return asText(meta.id) ?? asText(meta.session_id);
}

/**
 * Places the lines of one document. A `session_meta` begins a session, except where a fork or a subagent copied the
 * history of the session it came from, with that session's own `session_meta`: those lines belong to the copy.
 */
export function sortRollout(): (line: JsonObject) => Placement {
  let current: string | null = null;
  const origins = new Set<string>();
  return (line) => {
    const { kind, item } = rolloutLine(line);
    const id = kind === 'session_meta' ? sessionIdOf(item) : null;
    if (id !== null && !origins.has(id)) {
      // The session reports an id that had to be replaced; here it is only a key.
      current = storableId(id, '', new IssueLog());
      origins.clear();
    }
    if (kind === 'session_meta') for (const origin of originsOf(item)) origins.add(origin);
    return { session: current, isMessage: isMessage(kind, item) };
  };
}

function isMessage(kind: string, item: JsonObject): boolean {
  if (kind === 'compacted') return asText(item.message) !== null;
  return (kind === 'response_item' && isMessageItem(item)) || (kind === 'event_msg' && speechOf(item) !== null);
}

function originsOf(meta: JsonObject): string[] {
  const spawn = asObject(asObject(asObject(meta.source)?.subagent)?.thread_spawn);
  const named = [meta.forked_from_id, meta.parent_thread_id, spawn?.parent_thread_id];
  return named.map(asText).filter((id) => id !== null);
}
