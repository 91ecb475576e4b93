import { createHash } from 'node:crypto';
import { storableId } from '../../conversation/storable.ts';
import type { TreeNode } from '../../conversation/tree-node.ts';
import { asObject, asText, type JsonObject } from '../../json/values.ts';
import { DEFAULT_LIMITS } from '../../limits.ts';
import type { ConversationRecord, RecordPart } from '../conversation-record.ts';
import { isDeeperThan } from './depth.ts';
import { draftMessage } from './message.ts';
import { cutNestedMessages, type NestedMessage } from './nested-messages.ts';

/** The parent that LibreChat gives to first messages. */
const ROOT = '00000000-0000-0000-0000-000000000000';

interface Source {
  value: JsonObject;
  raw: string;
  location: string;
}

/** The messages as a tree: by their nesting in `children`, in a flat list by `parentMessageId`. */
export function readNodes(record: ConversationRecord): TreeNode[] {
  const nodes: TreeNode[] = [];
  for (const part of record.parts()) readPart(record, part, nodes);
  return nodes;
}

function readPart(record: ConversationRecord, part: RecordPart, nodes: TreeNode[]): void {
  const { log } = record;
  if (asObject(part.value) === null) {
    log.report('INVALID_MESSAGE', part.location, 'Expected an object.');
    return;
  }
  // Per nested message its id, or that of the nearest message around it that can be read.
  const ids: (string | null)[] = [];
  for (const [index, nested] of cutNestedMessages(part.raw).entries()) {
    const around = ids[nested.parent] ?? null;
    const source = openMessage(nested, index, part, record);
    if (source === null) {
      ids.push(around);
      continue;
    }
    const parent = nested.parent === -1 ? parentOf(source.value, nodes.at(-1)?.id ?? null) : around;
    const node = nodeOf(source, parent, record);
    nodes.push(node);
    ids.push(node.id);
  }
}

function openMessage(
  nested: NestedMessage,
  index: number,
  part: RecordPart,
  record: ConversationRecord,
): Source | null {
  const { log } = record;
  const value = asObject(JSON.parse(nested.raw));
  const id = asText(value?.messageId);
  const name = id === null ? `#${index}` : JSON.stringify(id.slice(0, 100));
  const location = nested.parent === -1 ? part.location : `${part.location}..[${name}]`;
  if (nested.strays > 0) {
    log.report('INVALID_MESSAGE', `${location}.children`, `${nested.strays} of the replies are no objects.`);
  }
  if (value !== null && !isDeeperThan(value, DEFAULT_LIMITS.maxDepth)) return { value, raw: nested.raw, location };
  log.report('INVALID_MESSAGE', location, `The message is nested deeper than ${DEFAULT_LIMITS.maxDepth} levels.`);
  return null;
}

function nodeOf({ value, raw, location }: Source, parent: string | null, record: ConversationRecord): TreeNode {
  const { log } = record;
  const id = asText(value.messageId);
  if (id === null) {
    log.report('MISSING_MESSAGE_ID', location, 'The message has no messageId; it was named after its content.');
  }
  return {
    id: storableId(id ?? derivedId(value, parent), location, log),
    parentId: parent === null ? null : storableId(parent, location, log),
    message: draftMessage(value, raw, location, log),
    location,
  };
}

/** A message of a flat list that says nothing about its parent replies to the one before it. */
function parentOf(message: JsonObject, previous: string | null): string | null {
  if (!('parentMessageId' in message)) return previous;
  const parent = asText(message.parentMessageId);
  return parent === ROOT ? null : parent;
}

/** Follows from what does not change when the conversation grows, so a second import names the message alike. */
function derivedId({ createdAt, sender, text, content }: JsonObject, parent: string | null): string {
  const identity = JSON.stringify([parent, createdAt, sender, text, content]);
  return `content:${createHash('sha256').update(identity).digest('hex')}`;
}
