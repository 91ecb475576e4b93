import { storableId } from '../../conversation/storable.ts';
import type { TreeNode } from '../../conversation/tree-node.ts';
import { asObject, asText, type JsonObject } from '../../json/values.ts';
import type { ConversationRecord } from '../conversation-record.ts';
import { artifactCalls } from './artifacts/artifact-call.ts';
import { ArtifactReplay } from './artifacts/artifact-replay.ts';
import { draftMessage } from './message.ts';
import { attachmentsOf } from './message-attachments.ts';

/** The parent that Claude gives to first messages. */
const ROOT = '00000000-0000-4000-8000-000000000000';

/** The messages of `chat_messages` as a tree by `parent_message_uuid`; older exports have none and are a chain. */
export function readNodes(record: ConversationRecord): TreeNode[] {
  const nodes: TreeNode[] = [];
  const artifacts = new ArtifactReplay();
  for (const part of record.parts()) {
    const { location } = part;
    const value = asObject(part.value);
    if (value === null) {
      record.log.report('INVALID_MESSAGE', location, 'Expected an object.');
      continue;
    }
    const uuid = asText(value.uuid);
    if (uuid === null)
      record.log.report('MISSING_MESSAGE_ID', location, 'The message has no uuid; it was named after its place.');
    const parent = parentOf(value, nodes.at(-1)?.id ?? null);
    const id = storableId(uuid ?? `index:${part.key}`, location, record.log);
    const parentId = parent === null ? null : storableId(parent, location, record.log);
    const message = draftMessage(value, part, record.log);
    const versions = artifacts.versionsOf(id, parentId, artifactCalls(value.content));
    const attachments = attachmentsOf(value, message.text, versions, { location, log: record.log });
    nodes.push({ id, parentId, location, message: attachments.length > 0 ? { ...message, attachments } : message });
  }
  return nodes;
}

function parentOf(message: JsonObject, previous: string | null): string | null {
  if (!('parent_message_uuid' in message)) return previous;
  const parent = asText(message.parent_message_uuid);
  return parent === ROOT ? null : parent;
}
