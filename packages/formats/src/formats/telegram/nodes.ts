import { createHash } from 'node:crypto';
import { storableId } from '../../conversation/storable.ts';
import type { TreeNode } from '../../conversation/tree-node.ts';
import { asObject, asText, type JsonObject } from '../../json/values.ts';
import type { ConversationRecord, RecordPart } from '../conversation-record.ts';
import { type ChatSurroundings, draftMessage } from './message.ts';

/** The messages of a chat as one chain in the order of time; a message without a time stays behind the one before it. */
export function readNodes(record: ConversationRecord, chat: ChatSurroundings): TreeNode[] {
  const nodes = inOrderOfTime(namedNodes(record, chat));
  return nodes.map((node, index) => ({ ...node, parentId: nodes[index - 1]?.id ?? null }));
}

/** Ids are made unique here, so that the chain has no gap: a copy is dropped, another message is renamed. */
function namedNodes(record: ConversationRecord, chat: ChatSurroundings): TreeNode[] {
  const nodes: TreeNode[] = [];
  const known = new Map<string, Set<string>>();
  for (const part of record.parts()) {
    const { location, raw } = part;
    const value = asObject(part.value);
    if (value === null) {
      record.log.report('INVALID_MESSAGE', location, 'Expected an object.');
      continue;
    }
    const vendorId = idOf(value, part, record);
    const namesakes = known.get(vendorId) ?? new Set();
    known.set(vendorId, namesakes);
    const id = namesakes.size === 0 ? vendorId : `${vendorId}~${namesakes.size + 1}`;
    if (namesakes.has(raw) || namesakes.size > 0) {
      const what = namesakes.has(raw) ? 'A copy of it was dropped.' : `This message became ${JSON.stringify(id)}.`;
      record.log.report('DUPLICATE_MESSAGE_ID', location, `The id ${JSON.stringify(vendorId)} is taken. ${what}`);
    }
    if (namesakes.has(raw)) continue;
    namesakes.add(raw);
    nodes.push({ id, parentId: null, message: draftMessage(value, part, chat, record.log), location });
  }
  return nodes;
}

function idOf(message: JsonObject, { raw, location }: RecordPart, { log }: ConversationRecord): string {
  if (Number.isSafeInteger(message.id)) return String(message.id);
  const named = asText(message.id);
  if (named !== null) return storableId(named, location, log);
  log.report('MISSING_MESSAGE_ID', location, 'The message has no id; it was named after its content.');
  return `sha256:${createHash('sha256').update(raw).digest('hex')}`;
}

function inOrderOfTime(nodes: readonly TreeNode[]): TreeNode[] {
  let latest = Number.NEGATIVE_INFINITY;
  const timed = nodes.map((node, index) => {
    latest = node.message?.createdAt?.getTime() ?? latest;
    return { node, index, time: latest };
  });
  timed.sort((a, b) => (a.time === b.time ? a.index - b.index : a.time - b.time));
  return timed.map(({ node }) => node);
}
