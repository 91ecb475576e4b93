import type { MessageRole } from '@colloquy/domain';
import type { IssueLog } from '../../conversation/issues.ts';
import { pick, storableText } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import type { MessageDraft } from '../../conversation/tree-node.ts';
import { asText, type JsonObject, objectsIn } from '../../json/values.ts';
import type { RecordPart } from '../conversation-record.ts';
import { readBlocks } from './blocks.ts';

const ROLES: ReadonlyMap<unknown, MessageRole> = new Map([
  ['human', 'USER'],
  ['user', 'USER'],
  ['assistant', 'ASSISTANT'],
  ['system', 'SYSTEM'],
  ['tool', 'TOOL'],
]);

const MESSAGE_FIELDS = ['updated_at', 'truncated', 'stop_reason'];
const ATTACHMENT_FIELDS = ['id', 'file_name', 'file_size', 'file_type'];
const FILE_FIELDS = ['file_uuid', 'file_name', 'file_kind', 'file_size', 'file_type'];

/** A message of a Claude export; its place in the tree is not known yet. */
export function draftMessage(message: JsonObject, part: RecordPart, log: IssueLog): MessageDraft {
  const { location } = part;
  const role = ROLES.get(message.sender);
  if (!role) log.report('UNKNOWN_ROLE', location, `The sender ${JSON.stringify(message.sender ?? null)} is not known.`);
  const { text, contentType, metadata } = readBlocks(message, location, log);
  return {
    role: role ?? 'SYSTEM',
    author: null,
    text: storableText(text, location, log),
    hidden: role === undefined || role === 'SYSTEM',
    createdAt: parseTime(message.created_at, `${location}.created_at`, log),
    model: asText(message.model),
    contentType,
    raw: part.raw,
    metadata: {
      ...pick(message, MESSAGE_FIELDS),
      ...list('attachments', message.attachments, ATTACHMENT_FIELDS),
      ...list('files', message.files, FILE_FIELDS),
      ...metadata,
    },
  };
}

/** Selected fields of each object in a list. */
function list(name: string, value: unknown, fields: readonly string[]): Record<string, unknown> {
  const entries = objectsIn(value).map((entry) => pick(entry, fields));
  return entries.length > 0 ? { [name]: entries } : {};
}
