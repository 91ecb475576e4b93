import { isUuid } from '../../conversation/identity.ts';
import { pick } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import { asObject, asString, asText } from '../../json/values.ts';
import type { ParsedConversation } from '../../model.ts';
import type { DocumentIndex } from '../attachments/document-index.ts';
import { finishConversation } from '../conversation.ts';
import { type ConversationRecord, RecordRejected } from '../conversation-record.ts';
import { plainTime } from './extended-json.ts';
import { readNodes } from './nodes.ts';

const METADATA = [
  'summary',
  'starred',
  'temporary',
  'system_prompt_name',
  'media_types',
  'kind',
  'controller',
  'workspace_id',
  'leaf_response_id',
];

/** One element of `conversations`. Throws RecordRejected when it lacks the conversation or its responses. */
export function parseConversation(record: ConversationRecord, assets: DocumentIndex): ParsedConversation {
  const { shell, location, log } = record;
  const conversation = asObject(shell.conversation);
  if (conversation === null) {
    throw new RecordRejected('NOT_A_CONVERSATION', 'The record has no object "conversation".');
  }
  if (record.container !== 'array') {
    throw new RecordRejected('MISSING_MESSAGES', 'The conversation has no array "responses".');
  }
  const id = asText(conversation.id);
  const nodes = readNodes(record, assets);
  const leaf = asText(conversation.leaf_response_id);
  return finishConversation(record, {
    platform: 'grok',
    id,
    title: asString(conversation.title),
    url: id !== null && isUuid(id) ? `https://grok.com/c/${id}` : null,
    createdAt: parseTime(plainTime(conversation.create_time), `${location}.conversation.create_time`, log),
    updatedAt: parseTime(plainTime(conversation.modify_time), `${location}.conversation.modify_time`, log),
    model: null,
    metadata: pick(conversation, METADATA),
    raw: record.shellText([]),
    nodes,
    // Real exports name leaves that are not in them, as a rule rather than as damage: then the newest leaf is taken.
    activeId: nodes.some((node) => node.id === leaf) ? leaf : null,
  });
}
