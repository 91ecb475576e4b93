import type { MessageRole } from '@colloquy/domain';
import type { IssueLog } from '../../conversation/issues.ts';
import { pick, storableText, storableTextOrNull } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import type { MessageDraft } from '../../conversation/tree-node.ts';
import { asText, type JsonObject, objectsIn } from '../../json/values.ts';
import { attachmentsOf } from './attachments.ts';
import { readContent } from './content.ts';

const MESSAGE_FIELDS = [
  'endpoint',
  'error',
  'unfinished',
  'cancelled',
  'isEdited',
  'finish_reason',
  'tokenCount',
  'promptTokens',
  'updatedAt',
  'feedback',
  'thread_id',
];
const FILE_FIELDS = ['file_id', 'filename', 'type', 'bytes', 'width', 'height'];
/** What a message is made of when nobody is meant to read it. */
const SILENT_CONTENT = new Set(['think', 'tool_call']);
/** The sender that LibreChat writes for the person, who has no name in the export. */
const PERSON = 'user';

/** A message of a LibreChat export; its place in the tree is not known yet. `raw` is its JSON without its replies. */
export function draftMessage(message: JsonObject, raw: string, location: string, log: IssueLog): MessageDraft {
  const role = roleOf(message);
  if (role === null)
    log.report('UNKNOWN_ROLE', location, 'Neither isCreatedByUser nor sender says whose message it is.');
  const { text, contentType, metadata } = readContent(message, location, log);
  const sender = asText(message.sender);
  const attachments = attachmentsOf(message, { raw, location, log });
  return {
    role: role ?? 'SYSTEM',
    author: sender?.toLowerCase() === PERSON ? null : storableTextOrNull(sender, `${location}.sender`, log),
    text: storableText(text, location, log),
    hidden: role === null || SILENT_CONTENT.has(contentType),
    createdAt: parseTime(message.createdAt, `${location}.createdAt`, log),
    model: role === 'ASSISTANT' ? storableTextOrNull(asText(message.model), `${location}.model`, log) : null,
    contentType,
    raw,
    metadata: {
      ...pick(message, MESSAGE_FIELDS),
      ...list('files', message.files),
      ...list('attachments', message.attachments),
      ...metadata,
    },
    ...(attachments.length > 0 && { attachments }),
  };
}

/** Exports from before `isCreatedByUser` have only a sender. */
function roleOf({ isCreatedByUser, sender }: JsonObject): MessageRole | null {
  if (typeof isCreatedByUser === 'boolean') return isCreatedByUser ? 'USER' : 'ASSISTANT';
  const name = asText(sender);
  if (name === null) return null;
  return name.toLowerCase() === PERSON ? 'USER' : 'ASSISTANT';
}

/** Names and sizes of files; their bytes and extracted texts stay in the raw JSON. */
function list(name: string, value: unknown): Record<string, unknown> {
  const entries = objectsIn(value).map((entry) => ({
    ...pick(entry, FILE_FIELDS),
    // A path can be the bytes themselves, as a data URL.
    ...(/^data:/i.test(asText(entry.filepath) ?? '') ? {} : pick(entry, ['filepath'])),
  }));
  return entries.length > 0 ? { [name]: entries } : {};
}
