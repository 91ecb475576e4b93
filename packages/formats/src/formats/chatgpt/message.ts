import type { MessageRole } from '@colloquy/domain';
import type { IssueLog } from '../../conversation/issues.ts';
import { storableText, storableTextOrNull } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import type { MessageDraft } from '../../conversation/tree-node.ts';
import { asObject, asText, type JsonObject } from '../../json/values.ts';
import type { RecordPart } from '../conversation-record.ts';
import { withoutMarks } from './citation-marks.ts';
import { readContent } from './content.ts';
import { attachmentsOf } from './message-attachments.ts';
import { messageMetadata } from './message-metadata.ts';

const ROLES: ReadonlyMap<unknown, MessageRole> = new Map([
  ['user', 'USER'],
  ['assistant', 'ASSISTANT'],
  ['system', 'SYSTEM'],
  ['tool', 'TOOL'],
]);

/** Content that ChatGPT does not show as speech: what the user told about themselves, and reasoning. */
const HIDDEN_CONTENT = new Set(['user_editable_context', 'model_editable_context', 'thoughts', 'reasoning_recap']);

/** A message of a ChatGPT export; its place in the tree is not known yet. */
export function draftMessage(message: JsonObject, nodeId: string, part: RecordPart, log: IssueLog): MessageDraft {
  const author = asObject(message.author);
  const metadata = asObject(message.metadata);
  const content = asObject(message.content);
  const contentType = asText(content?.content_type) ?? 'unknown';
  const { location } = part;
  const role = ROLES.get(author?.role);
  if (!role) log.report('UNKNOWN_ROLE', location, `The role ${JSON.stringify(author?.role ?? null)} is not known.`);
  const attachments = attachmentsOf(message, { location, log });
  return {
    role: role ?? 'SYSTEM',
    author: storableTextOrNull(asText(author?.name), location, log),
    text: storableText(withoutMarks(readContent(content, metadata, location, log)), location, log),
    hidden: isHidden(message, metadata, role, contentType),
    createdAt: parseTime(message.create_time, `${location}.message.create_time`, log),
    model: asText(metadata?.model_slug) ?? asText(metadata?.resolved_model_slug),
    contentType,
    raw: part.raw,
    metadata: messageMetadata(message, nodeId),
    ...(attachments.length > 0 ? { attachments } : {}),
  };
}

function isHidden(
  message: JsonObject,
  metadata: JsonObject | null,
  role: MessageRole | undefined,
  contentType: string,
): boolean {
  const recipient = message.recipient ?? 'all';
  return (
    message.weight === 0 ||
    metadata?.is_visually_hidden_from_conversation === true ||
    HIDDEN_CONTENT.has(contentType) ||
    role === 'SYSTEM' ||
    role === undefined ||
    // What an assistant says to a tool is a call, not speech.
    (role === 'ASSISTANT' && recipient !== 'all')
  );
}
