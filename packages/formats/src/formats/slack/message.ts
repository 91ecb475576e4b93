import { createHash } from 'node:crypto';
import type { MessageRole } from '@colloquy/domain';
import type { IssueLog } from '../../conversation/issues.ts';
import { pick, storableId, storableJson, storableText } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import { asObject, asText, type JsonObject, objectsIn } from '../../json/values.ts';
import type { TimedMessage } from '../chats/timeline.ts';
import { attachmentsOf } from './attachments.ts';
import { mrkdwnOf } from './message-text.ts';
import { readableMrkdwn } from './mrkdwn.ts';
import { type Speaker, speakerOf } from './speaker.ts';
import { type Standing, standingOf } from './subtypes.ts';
import type { Workspace } from './workspace.ts';

const MESSAGE_FIELDS = [
  'edited',
  'reply_count',
  'reply_users',
  'latest_reply',
  'parent_user_id',
  'pinned_to',
  'inviter',
  'topic',
  'purpose',
  'old_name',
  'client_msg_id',
  'app_id',
  'bot_id',
];
/** Addresses of files are left to the raw JSON: exports put a token that opens them into each. */
const FILE_FIELDS = ['id', 'name', 'title', 'mimetype', 'filetype', 'mode', 'size', 'created', 'user', 'permalink'];
const ATTACHMENT_FIELDS = ['service_name', 'title', 'title_link', 'from_url', 'author_name', 'channel_id', 'ts'];
const REACTION_FIELDS = ['name', 'count', 'users'];

/** A message of Slack; its place among the others is not known yet. */
export function readMessage(
  message: JsonObject,
  { raw, location }: { raw: string; location: string },
  workspace: Workspace,
  log: IssueLog,
): TimedMessage {
  const subtype = asText(message.subtype) ?? asText(message.type) ?? 'message';
  const standing = standingOf(subtype);
  if (standing === null) {
    const what = `The subtype ${JSON.stringify(subtype)} is not known; its raw JSON is kept.`;
    log.report('UNKNOWN_CONTENT_TYPE', location, what);
  }
  // Earlier words of a message lie inside the record that revised it.
  const spoken = (standing === 'revision' && earlierVersion(message)) || message;
  const speaker = speakerOf('user' in spoken || 'bot_id' in spoken ? spoken : message, workspace);
  const text = storableText(readableMrkdwn(mrkdwnOf(spoken), namesOf(workspace)), location, log);
  const attachments = attachmentsOf(message.files || message.file ? message : spoken, workspace.files, location, log);
  const ts = asText(message.ts);
  return {
    id: ts === null ? derivedId(speaker, text, location, log) : storableId(ts, location, log),
    location,
    message: {
      role: roleOf(standing, speaker),
      author: speaker.name === null ? null : storableText(speaker.name, location, log),
      text,
      hidden: message.hidden === true || standing === 'notice' || standing === 'revision',
      createdAt: parseTime(ts, `${location}.ts`, log),
      model: null,
      contentType: storableText(subtype, location, log),
      raw,
      metadata: metadataOf(message, spoken, speaker),
      ...(attachments.length > 0 && { attachments }),
    },
  };
}

function earlierVersion(message: JsonObject): JsonObject | null {
  return asObject(message.original) ?? asObject(message.previous_message) ?? asObject(message.message);
}

function roleOf(standing: Standing | null, { isBot }: Speaker): MessageRole {
  if (standing === 'notice') return 'SYSTEM';
  return isBot ? 'TOOL' : 'USER';
}

function namesOf({ users, channelNames }: Workspace) {
  return {
    user: (id: string) => users.get(id)?.name ?? null,
    channel: (id: string) => channelNames.get(id) ?? null,
  };
}

/** Slack gives every message a time that is unique in its channel; without it, who said what is all there is. */
function derivedId({ id }: Speaker, text: string, location: string, log: IssueLog): string {
  log.report('MISSING_MESSAGE_ID', location, 'The message has no "ts"; it was named after its author and text.');
  return `content:${createHash('sha256')
    .update(JSON.stringify([id, text]))
    .digest('hex')}`;
}

function metadataOf(message: JsonObject, spoken: JsonObject, speaker: Speaker): Record<string, unknown> {
  const replyTo = repliedTo(message, spoken);
  const files = message.files ?? (message.file ? [message.file] : []);
  return {
    ...pick(message, MESSAGE_FIELDS),
    ...(speaker.id === null ? {} : { user: storableJson(speaker.id) }),
    ...(replyTo === null ? {} : { replyTo: storableJson(replyTo) }),
    ...(message.subtype === 'tombstone' || message.subtype === 'message_deleted' ? { deleted: true } : {}),
    ...list('files', files, FILE_FIELDS),
    ...list('attachments', message.attachments, ATTACHMENT_FIELDS),
    ...list('reactions', message.reactions, REACTION_FIELDS),
  };
}

/** The first message of the thread, or the message that was revised; a message does not reply to itself. */
function repliedTo(message: JsonObject, spoken: JsonObject): string | null {
  const revised = spoken === message ? null : (asText(spoken.ts) ?? asText(message.deleted_ts));
  const target = revised ?? asText(message.thread_ts);
  return target === asText(message.ts) ? null : target;
}

function list(name: string, value: unknown, fields: readonly string[]): Record<string, unknown> {
  const entries = objectsIn(value).map((entry) => pick(entry, fields));
  return entries.length > 0 ? { [name]: entries } : {};
}
