import { isUuid } from '../../conversation/identity.ts';
import { pick } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import { asObject, asString, asText, type JsonObject } from '../../json/values.ts';
import type { ParsedConversation } from '../../model.ts';
import { withCompanions } from '../companions.ts';
import { finishConversation } from '../conversation.ts';
import { type ConversationRecord, RecordRejected } from '../conversation-record.ts';
import { jsonConversations } from '../json-conversations.ts';
import { withAnnotations } from './annotations.ts';
import { withAssets } from './archive-assets.ts';
import { filled } from './filled.ts';
import { groupChats } from './group-chats.ts';
import { missingShards } from './manifest.ts';
import { readNodes } from './nodes.ts';
import { TEXTDOCS, textdocs } from './textdocs.ts';

const METADATA = [
  'is_archived',
  'is_starred',
  'is_do_not_remember',
  'is_study_mode',
  'gizmo_id',
  'gizmo_type',
  'conversation_template_id',
  'conversation_origin',
  'memory_scope',
  'voice',
  'async_status',
  'context_scopes',
  'disabled_tool_ids',
  'plugin_ids',
  'moderation_results',
  'owner',
  'workspace_id',
  'is_read_only',
  'is_temporary_chat',
  'pinned_time',
];

/** Where OpenAI's exports keep conversations: one file until early 2026, numbered shards since. */
const MAIN_DOCUMENT = /(^|\/)conversations([-_]\d+)?\.json$/i;
const COMPANIONS = /(^|\/)(chat\.html|message_feedback\.json|export_manifest\.json)$/i;

const conversations = jsonConversations({
  name: 'chatgpt-json',
  platform: 'chatgpt',
  label: 'ChatGPT export (JSON or ZIP)',
  mainDocument: MAIN_DOCUMENT,
  parts: ['mapping'],
  isConversation,
  isEmptyExport: ({ documents }) => documents.some(({ name }) => COMPANIONS.test(name)),
  checkArchive: async (archive) => [...(await missingShards(archive)), ...(await groupChats(archive))],
  parse,
});

/** ChatGPT's data export; see docs/formats/chatgpt.md. */
export const chatgpt = withCompanions(withAssets(withAnnotations(conversations)), [
  { reader: textdocs, names: TEXTDOCS, needsConversations: true },
]);

/** `mapping` may be cut off behind its first bytes, so an empty one needs a second sign. */
function isConversation(value: JsonObject): boolean {
  const mapping = asObject(value.mapping);
  if (mapping === null) return false;
  const nodes = Object.values(mapping).map(asObject);
  if (nodes.some((node) => node && ('message' in node || 'parent' in node || 'children' in node))) return true;
  return nodes.length === 0 && ('create_time' in value || 'current_node' in value || 'conversation_id' in value);
}

function parse(record: ConversationRecord): ParsedConversation {
  const { shell, location, log } = record;
  if (record.container === null) throw new RecordRejected('MISSING_MESSAGES', 'The conversation has no "mapping".');
  const { nodes, connectors } = readNodes(record);
  const id = asText(shell.conversation_id) ?? asText(shell.id);
  return finishConversation(record, {
    platform: 'chatgpt',
    id,
    title: asString(shell.title),
    url: id !== null && isUuid(id) ? `https://chatgpt.com/c/${id}` : null,
    createdAt: parseTime(shell.create_time, `${location}.create_time`, log),
    updatedAt: parseTime(shell.update_time, `${location}.update_time`, log),
    model: asText(shell.default_model_slug),
    metadata: filled(pick(shell, METADATA)),
    raw: record.shellText(connectors),
    nodes,
    activeId: asText(shell.current_node),
  });
}
