import { createHash } from 'node:crypto';
import { storableId } from '../../conversation/storable.ts';
import type { TreeNode } from '../../conversation/tree-node.ts';
import { asObject, type JsonObject } from '../../json/values.ts';
import type { DocumentIndex } from '../attachments/document-index.ts';
import type { ConversationRecord, RecordPart } from '../conversation-record.ts';
import { plainId } from './extended-json.ts';
import { draftMessage } from './message.ts';

interface Response {
  value: JsonObject;
  parent: string | null;
  part: RecordPart;
}

/** The responses as a tree by `parent_response_id`; as a chain in the order of the file when not one names a parent. */
export function readNodes(record: ConversationRecord, assets: DocumentIndex): TreeNode[] {
  const { log } = record;
  const responses = readResponses(record);
  const isChain = responses.every(({ parent }) => parent === null);
  const nodes: TreeNode[] = [];
  for (const { value, parent: named, part } of responses) {
    const { location } = part;
    const parent = isChain ? (nodes.at(-1)?.id ?? null) : named;
    const id = plainId(value._id);
    if (id === null)
      log.report('MISSING_MESSAGE_ID', location, 'The response has no _id; it was named after its content.');
    nodes.push({
      id: storableId(id ?? derivedId(value), location, log),
      parentId: parent === null ? null : storableId(parent, location, log),
      message: draftMessage(value, part, assets, log),
      location,
    });
  }
  return nodes;
}

/** Every response stands in an object of its own, beside the link under which it was shared. */
function readResponses(record: ConversationRecord): Response[] {
  const responses: Response[] = [];
  for (const part of record.parts()) {
    const element = asObject(part.value);
    const value = asObject(element?.response) ?? (element !== null && 'sender' in element ? element : null);
    if (value === null) {
      record.log.report('INVALID_MESSAGE', part.location, 'Expected an object with an object "response".');
    } else {
      responses.push({ value, parent: plainId(value.parent_response_id), part });
    }
  }
  return responses;
}

/** Follows from what does not change when the conversation grows, so a second import names the response alike. */
function derivedId({ create_time, sender, message }: JsonObject): string {
  const identity = JSON.stringify([create_time, sender, message]);
  return `content:${createHash('sha256').update(identity).digest('hex')}`;
}
