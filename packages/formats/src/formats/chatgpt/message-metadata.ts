import { pickInto } from '../../conversation/storable.ts';
import { asObject, asText, type JsonObject } from '../../json/values.ts';
import { assetsOf } from './assets.ts';
import { isEmpty } from './filled.ts';

const MESSAGE = ['status', 'end_turn', 'weight', 'recipient', 'channel', 'update_time'];
const AUTHOR = ['real_author', 'is_system_initiated_conversation'];
const CONTENT = [
  'language',
  'title',
  'url',
  'domain',
  'snippet',
  'pub_timestamp',
  'ref_id',
  'tether_id',
  'source_analysis_msg_id',
];

/** Members of `message.metadata` that a reader of the conversation asks for; docs/formats/chatgpt.md says where the others are. */
const METADATA = new Set([
  // Files
  'attachments',
  'selected_sources',
  'selected_github_repos',
  // Sources of an answer
  'citations',
  '_cite_metadata',
  'content_references',
  'search_queries',
  'search_result_groups',
  'image_results',
  // Which model, which assistant
  'default_model_slug',
  'resolved_model_slug',
  'requested_model_slug',
  'gizmo_id',
  'invoked_plugin',
  'voice_mode_message',
  'system_hints',
  // Reasoning
  'thinking_effort',
  'reasoning_status',
  'reasoning_title',
  'finished_duration_sec',
  // Tools and what they made
  'command',
  'args',
  'canvas',
  'image_gen_title',
  'async_task_id',
  'async_task_title',
  'async_task_type',
  // The turn
  'finish_details',
  'request_id',
  'turn_exchange_id',
  'is_complete',
  'is_user_system_message',
  'is_visually_hidden_from_conversation',
  'targeted_reply',
  'dictation',
]);

/** The selected fields of a message, by the vendor's names; `id` only where it differs from the node's. */
export function messageMetadata(message: JsonObject, nodeId: string): Record<string, unknown> {
  const content = asObject(message.content);
  const metadata = asObject(message.metadata);
  const messageId = asText(message.id);
  const selected: Record<string, unknown> = {};
  if (messageId !== null && messageId !== nodeId) pickInto(selected, message, ['id']);
  pickInto(selected, message, MESSAGE);
  pickInto(selected, asObject(asObject(message.author)?.metadata), AUTHOR);
  if (metadata !== null) pickInto(selected, metadata, saying(metadata));
  pickInto(selected, content, CONTENT);
  return Object.assign(selected, assetsOf(content));
}

/** The selected members that say something; a message has few of them. */
function saying(metadata: JsonObject): string[] {
  return Object.keys(metadata).filter((key) => METADATA.has(key) && !isEmpty(metadata[key]));
}
