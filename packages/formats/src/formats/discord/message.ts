import { createHash } from 'node:crypto';
import type { MessageRole } from '@colloquy/domain';
import type { IssueLog } from '../../conversation/issues.ts';
import { pick, storableId, storableJson, storableText } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import { asObject, asText, type JsonObject, objectsIn } from '../../json/values.ts';
import type { TimedMessage } from '../chats/timeline.ts';
import { attachmentsOf, type ChannelMedia } from './attachments.ts';
import { isSpeech } from './kinds.ts';
import { textOf } from './message-text.ts';

const MESSAGE_FIELDS = ['timestampEdited', 'callEndedTimestamp', 'reference', 'components'];
const USER_FIELDS = ['id', 'name', 'discriminator', 'nickname', 'isBot'];
const ATTACHMENT_FIELDS = ['id', 'url', 'fileName', 'fileSizeBytes'];
const EMBED_FIELDS = ['title', 'url', 'timestamp', 'description'];
const STICKER_FIELDS = ['id', 'name', 'format'];

/** A message of a Discord channel; its place among the others is not known yet. */
export function readMessage(
  message: JsonObject,
  { raw, location }: { raw: string; location: string },
  { channelId, media }: { channelId: string | null; media: ChannelMedia },
  log: IssueLog,
): TimedMessage {
  const attachments = attachmentsOf(message, media, location, log);
  const type = asText(message.type) ?? (typeof message.type === 'number' ? `${message.type}` : 'Default');
  const speech = isSpeech(type);
  if (speech === null) {
    const what = `The type ${JSON.stringify(type)} is not known; its raw JSON is kept.`;
    log.report('UNKNOWN_CONTENT_TYPE', location, what);
  }
  if (message.content !== undefined && typeof message.content !== 'string') {
    log.report('INVALID_CONTENT', `${location}.content`, 'Expected a string.');
  }
  const author = asObject(message.author);
  const name = asText(author?.nickname) ?? asText(author?.name) ?? asText(author?.id);
  const text = storableText(textOf(message), location, log);
  const id = asText(message.id);
  return {
    id: id === null ? derivedId(message, text, location, log) : storableId(id, location, log),
    location,
    message: {
      role: roleOf(speech, author),
      author: name === null ? null : storableText(name, location, log),
      text,
      hidden: speech === false,
      createdAt: parseTime(message.timestamp, `${location}.timestamp`, log),
      model: null,
      contentType: storableText(type, location, log),
      raw,
      metadata: metadataOf(message, author, channelId),
      ...(attachments.length > 0 && { attachments }),
    },
  };
}

function roleOf(speech: boolean | null, author: JsonObject | null): MessageRole {
  if (speech === false) return 'SYSTEM';
  return author?.isBot === true ? 'TOOL' : 'USER';
}

function derivedId(message: JsonObject, text: string, location: string, log: IssueLog): string {
  log.report('MISSING_MESSAGE_ID', location, 'The message has no id; it was named after its time, author and text.');
  const identity = [asText(message.timestamp), asText(asObject(message.author)?.id), text];
  return `content:${createHash('sha256').update(JSON.stringify(identity)).digest('hex')}`;
}

function metadataOf(message: JsonObject, author: JsonObject | null, channelId: string | null): Record<string, unknown> {
  const replyTo = repliedTo(message, channelId);
  return {
    ...pick(message, MESSAGE_FIELDS),
    ...(author ? { user: pick(author, USER_FIELDS) } : {}),
    ...(replyTo === null ? {} : { replyTo: storableJson(replyTo) }),
    ...(message.isPinned === true ? { isPinned: true } : {}),
    ...list('attachments', [message, asObject(message.forwardedMessage)], ATTACHMENT_FIELDS),
    ...list('embeds', [message, asObject(message.forwardedMessage)], EMBED_FIELDS),
    ...list('stickers', [message, asObject(message.forwardedMessage)], STICKER_FIELDS),
    ...list('mentions', [message], USER_FIELDS),
    ...reactionsOf(message),
    ...interactionOf(message),
  };
}

/** A forwarded message is no reply, nor is a pin; and what lies in another channel has no place in this conversation. */
function repliedTo({ type, reference: value }: JsonObject, channelId: string | null): string | null {
  const reference = asObject(value);
  const isHere = asText(reference?.channelId) === null || reference?.channelId === channelId;
  const isReply = isSpeech(asText(type) ?? 'Default') === true;
  return isReply && isHere && reference?.type !== 'Forward' ? asText(reference?.messageId) : null;
}

/** Selected fields of each object under `name`, in the message and in the one it forwards. */
function list(name: string, owners: readonly (JsonObject | null)[], fields: readonly string[]) {
  const entries = owners.flatMap((owner) => objectsIn(owner?.[name])).map((entry) => pick(entry, fields));
  return entries.length > 0 ? { [name]: entries } : {};
}

function reactionsOf(message: JsonObject): Record<string, unknown> {
  const reactions = objectsIn(message.reactions).map((reaction) => ({
    ...pick(asObject(reaction.emoji), ['name', 'code']),
    ...pick(reaction, ['count']),
    users: objectsIn(reaction.users).map((user) => storableJson(asText(user.id) ?? asText(user.name))),
  }));
  return reactions.length > 0 ? { reactions } : {};
}

function interactionOf(message: JsonObject): Record<string, unknown> {
  const interaction = asObject(message.interaction);
  if (interaction === null) return {};
  const user = asObject(interaction.user);
  return { interaction: { ...pick(interaction, ['id', 'name']), ...(user ? { user: pick(user, USER_FIELDS) } : {}) } };
}
