import { isUuid } from '../../conversation/identity.ts';
import { pick } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import { asString, asText, type JsonObject } from '../../json/values.ts';
import type { ParsedConversation } from '../../model.ts';
import { withCompanions } from '../companions.ts';
import { finishConversation } from '../conversation.ts';
import { type ConversationRecord, RecordRejected } from '../conversation-record.ts';
import { jsonConversations } from '../json-conversations.ts';
import { DESIGN_CHAT_DOCUMENTS, designChats } from './design-chat.ts';
import { ARTIFACT_DOCUMENTS } from './frames/artifact.ts';
import { frames } from './frames/reader.ts';
import { MEMORY_DOCUMENTS, memories } from './memories.ts';
import { readNodes } from './nodes.ts';
import { PROJECT_DOCUMENTS, projects } from './project.ts';

const METADATA = ['summary', 'settings', 'is_starred', 'project', 'project_uuid', 'account'];
const MAIN_DOCUMENT = /(^|\/)conversations\.json$/i;
const COMPANION = /(^|\/)users\.json$/i;

const conversations = jsonConversations({
  name: 'claude-json',
  platform: 'claude',
  label: 'Claude export (JSON or ZIP)',
  mainDocument: MAIN_DOCUMENT,
  parts: ['chat_messages'],
  isConversation: (value: JsonObject) => Array.isArray(value.chat_messages) && ('uuid' in value || 'name' in value),
  isEmptyExport: ({ documents }) => documents.some(({ name }) => COMPANION.test(name)),
  parse,
});

/** Claude's data export (claude.ai); see docs/formats/claude.md. */
export const claude = withCompanions(conversations, [
  { reader: projects, names: PROJECT_DOCUMENTS },
  { reader: memories, names: MEMORY_DOCUMENTS },
  { reader: designChats, names: DESIGN_CHAT_DOCUMENTS },
  { reader: frames, names: ARTIFACT_DOCUMENTS },
]);

function parse(record: ConversationRecord): ParsedConversation {
  const { shell, location, log } = record;
  if (record.container !== 'array') {
    throw new RecordRejected('MISSING_MESSAGES', 'The conversation has no array "chat_messages".');
  }
  const id = asText(shell.uuid);
  return finishConversation(record, {
    platform: 'claude',
    id,
    title: asString(shell.name),
    url: id !== null && isUuid(id) ? `https://claude.ai/chat/${id}` : null,
    createdAt: parseTime(shell.created_at, `${location}.created_at`, log),
    updatedAt: parseTime(shell.updated_at, `${location}.updated_at`, log),
    model: asText(shell.model),
    metadata: pick(shell, METADATA),
    nodes: readNodes(record),
    raw: record.shellText([]),
    activeId: asText(shell.current_leaf_message_uuid),
  });
}
