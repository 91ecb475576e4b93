import type { MessageRole } from '@colloquy/domain';
import type { IssueLog } from '../../conversation/issues.ts';
import { pick, storableJson, storableText } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import type { MessageDraft } from '../../conversation/tree-node.ts';
import { asText, type JsonObject, objectsIn } from '../../json/values.ts';
import type { MediaFiles } from '../chats/media-files.ts';
import type { RecordPart } from '../conversation-record.ts';
import { attachmentsOf } from './attachments.ts';
import { linksOf, textOf } from './text.ts';

const MESSAGE_FIELDS = [
  'from_id',
  'author',
  'edited',
  'edited_unixtime',
  'forwarded_from',
  'forwarded_from_id',
  'saved_from',
  'via_bot',
  'reply_to_peer_id',
  'media_type',
  'mime_type',
  'file',
  'file_name',
  'file_size',
  'photo',
  'photo_file_size',
  'width',
  'height',
  'duration_seconds',
  'sticker_emoji',
  'performer',
  'title',
  'self_destruct_period_seconds',
  'contact_information',
  'location_information',
  'place_name',
  'address',
];

const SERVICE_FIELDS = [
  'actor_id',
  'action',
  'title',
  'new_title',
  'members',
  'inviter',
  'message_id',
  'duration',
  'duration_seconds',
  'discard_reason',
  'photo',
  'amount',
  'currency',
  'score',
];

/** Members that tell what a message without a `media_type` holds, most telling first. */
const CONTENT = [
  'poll',
  'todo_list',
  'location_information',
  'contact_information',
  'game_title',
  'invoice_information',
  'giveaway_information',
  'photo',
  'file',
];

/** What a message has to know of its chat. */
export interface ChatSurroundings {
  /** Id of the bot that the chat is held with, if it is one. */
  bot: string | null;
  media: MediaFiles;
}

/** A message of a Telegram export. */
export function draftMessage(
  message: JsonObject,
  part: Pick<RecordPart, 'raw' | 'location'>,
  { bot, media }: ChatSurroundings,
  log: IssueLog,
): MessageDraft {
  const { location, raw } = part;
  const attachments = attachmentsOf(message, media, location, log);
  const isService = message.type === 'service';
  return {
    role: roleOf(message, bot, location, log),
    author: authorOf(message, location, log),
    text: storableText(textOf(message, location, log), location, log),
    hidden: isService,
    createdAt: timeOf(message, location, log),
    model: null,
    contentType: contentTypeOf(message),
    raw,
    metadata: { ...pick(message, isService ? SERVICE_FIELDS : MESSAGE_FIELDS), ...derived(message) },
    ...(attachments.length > 0 && { attachments }),
  };
}

/** `date_unixtime` is exact; `date`, all that exports before 2022 have, is the local time of the computer that wrote it. */
export function timeOf(message: JsonObject, location: string, log: IssueLog): Date | null {
  if (message.date_unixtime !== undefined) return parseTime(message.date_unixtime, `${location}.date_unixtime`, log);
  return parseTime(message.date, `${location}.date`, log);
}

function roleOf(message: JsonObject, bot: string | null, location: string, log: IssueLog): MessageRole {
  if (message.type === 'service') return 'SYSTEM';
  if (message.type !== 'message' && message.type !== 'unsupported') {
    log.report('UNKNOWN_CONTENT_TYPE', location, `The type ${quoted(message.type)} is not known; its JSON is kept.`);
  }
  const isBot = bot !== null && (message.from_id === `user${bot}` || String(message.from_id) === bot);
  return isBot ? 'ASSISTANT' : 'USER';
}

/** Null for a deleted account. */
function authorOf(message: JsonObject, location: string, log: IssueLog): string | null {
  const name = asText(message.type === 'service' ? message.actor : message.from);
  return name === null ? null : storableText(name, `${location}.from`, log);
}

function contentTypeOf(message: JsonObject): string {
  const named = asText(message.media_type);
  if (named !== null) return storable(named);
  if (message.type === 'service') return `service:${storable(asText(message.action) ?? 'unknown')}`;
  if (message.type !== 'message') return storable(asText(message.type) ?? 'unknown');
  return CONTENT.find((key) => message[key] !== undefined) ?? 'text';
}

function derived(message: JsonObject): Record<string, unknown> {
  const { reply_to_message_id: reply } = message;
  const links = linksOf(message);
  const reactions = objectsIn(message.reactions).map((reaction) => pick(reaction, ['type', 'emoji', 'count']));
  return {
    ...(typeof reply === 'number' || asText(reply) !== null ? { replyTo: storable(String(reply)) } : {}),
    ...(links.length > 0 ? { links: storableJson(links) } : {}),
    ...(reactions.length > 0 ? { reactions } : {}),
    ...(message.date_unixtime === undefined && message.date !== undefined ? { timeZone: 'unknown' } : {}),
  };
}

function storable(text: string): string {
  return String(storableJson(text));
}

function quoted(value: unknown): string {
  return JSON.stringify(value ?? null).slice(0, 80);
}
