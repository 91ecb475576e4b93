import { createHash } from 'node:crypto';
import { storableId } from '../../conversation/storable.ts';
import type { TreeNode } from '../../conversation/tree-node.ts';
import { asArray, asObject, asText, type JsonObject } from '../../json/values.ts';
import type { ConversationRecord, RecordPart } from '../conversation-record.ts';
import { draftMessage } from './message.ts';

type SourcePart = Pick<RecordPart, 'key' | 'value' | 'raw' | 'location'>;

interface SourceNode extends SourcePart {
  id: string;
  value: JsonObject;
}

/** The messages of `history.messages` as a tree; those of the oldest chats, a list in `messages`, as a chain. */
export function readNodes(record: ConversationRecord, chat: JsonObject): TreeNode[] {
  const inHistory = sourceNodes(record.parts(), record);
  const isTree = inHistory.length > 0 && record.container === 'object';
  const sources = inHistory.length > 0 ? inHistory : sourceNodes(listed(record, chat), record);
  const places = placesAmongChildren(sources);
  const nodes: TreeNode[] = [];
  for (const { id, value, raw, location } of sources) {
    const place = places.get(id);
    const isChain = !isTree && !('parentId' in value);
    const parent = isChain ? (nodes.at(-1)?.id ?? null) : parentOf(value, place?.parent ?? null);
    nodes.push({
      id,
      parentId: parent === null ? null : storableId(parent, location, record.log),
      message: draftMessage(value, raw, location, record.log),
      location,
      ...(place ? { rank: place.rank } : {}),
    });
  }
  return nodes;
}

function* listed({ location }: ConversationRecord, chat: JsonObject): Generator<SourcePart> {
  for (const [key, value] of asArray(chat.messages).entries()) {
    yield { key, value, raw: JSON.stringify(value), location: `${location}.messages[${key}]` };
  }
}

function sourceNodes(parts: Iterable<SourcePart>, { log }: ConversationRecord): SourceNode[] {
  const sources: SourceNode[] = [];
  for (const { key, value: element, raw, location } of parts) {
    const value = asObject(element);
    if (value === null) {
      log.report('INVALID_MESSAGE', location, 'Expected an object.');
      continue;
    }
    const known = (typeof key === 'string' && key !== '' ? key : null) ?? asText(value.id);
    if (known === null) {
      log.report('MISSING_MESSAGE_ID', location, 'The message has no id; it was named after its content.');
    }
    sources.push({ id: storableId(known ?? derivedId(value), location, log), key, value, raw, location });
  }
  return sources;
}

/** Follows from what does not change when the chat grows, so a second import names the message alike. */
function derivedId({ role, timestamp, content }: JsonObject): string {
  const identity = JSON.stringify([role, timestamp, content]);
  return `content:${createHash('sha256').update(identity).digest('hex')}`;
}

function parentOf(message: JsonObject, listedBy: string | null): string | null {
  return 'parentId' in message ? asText(message.parentId) : listedBy;
}

/** `childrenIds` orders the answers to a message, and names the parent of messages that do not. */
function placesAmongChildren(sources: readonly SourceNode[]): Map<string, { parent: string; rank: number }> {
  const places = new Map<string, { parent: string; rank: number }>();
  for (const { id: parent, value } of sources) {
    for (const [rank, child] of asArray(value.childrenIds).entries()) {
      if (typeof child === 'string' && !places.has(child)) places.set(child, { parent, rank });
    }
  }
  return places;
}
