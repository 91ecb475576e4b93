import { storableJson } from '../../conversation/storable.ts';
import { asObject, asText, type JsonObject } from '../../json/values.ts';
import { assetsOf } from './assets.ts';
import { isEmpty } from './filled.ts';

const MESSAGE = new Set(['status', 'end_turn', 'weight', 'recipient', 'channel', 'update_time']);
const AUTHOR = new Set(['real_author', 'is_system_initiated_conversation']);
const CONTENT = new Set([
  'language',
  'title',
  'url',
  'domain',
  'snippet',
  'pub_timestamp',
  'ref_id',
  'tether_id',
  'source_analysis_msg_id',
]);

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
  if (messageId !== null && messageId !== nodeId) selected.id = storableJson(messageId);
  select(selected, message, MESSAGE);
  select(selected, asObject(asObject(message.author)?.metadata), AUTHOR);
  select(selected, metadata, METADATA, isEmpty);
  select(selected, content, CONTENT);
  const assets = assetsOf(content);
  if (assets.length > 0) selected.assets = assets;
  return selected;
}

/** Looks at the members that are there, not for those that might be: a message has few of them. */
function select(
  selected: Record<string, unknown>,
  source: JsonObject | null,
  names: ReadonlySet<string>,
  saysNothing: (value: unknown) => boolean = () => false,
): void {
  for (const name in source) {
    if (!names.has(name)) continue;
    const value = source[name];
    if (value !== null && !saysNothing(value)) selected[name] = storableJson(value);
  }
}
