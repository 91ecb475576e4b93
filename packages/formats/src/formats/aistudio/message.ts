import type { MessageRole } from '@colloquy/domain';
import type { IssueLog } from '../../conversation/issues.ts';
import { storableText } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import type { MessageDraft } from '../../conversation/tree-node.ts';
import { asObject, asText, type JsonObject, objectsIn } from '../../json/values.ts';
import type { RecordPart } from '../conversation-record.ts';
import { attachmentsOf } from './chunk-attachments.ts';
import { chunkMetadata, FILES } from './metadata.ts';

const ROLES: ReadonlyMap<unknown, MessageRole> = new Map([
  ['user', 'USER'],
  ['model', 'ASSISTANT'],
  ['system', 'SYSTEM'],
]);

/** A chunk of an AI Studio prompt; its place in the tree is not known yet. */
export function draftMessage(chunk: JsonObject, part: RecordPart, model: string | null, log: IssueLog): MessageDraft {
  const { location } = part;
  const role = ROLES.get(chunk.role);
  if (!role) log.report('UNKNOWN_ROLE', location, `The role ${JSON.stringify(chunk.role ?? null)} is not known.`);
  const contentType = contentTypeOf(chunk);
  if (contentType === 'unknown')
    log.report('UNKNOWN_CONTENT_TYPE', location, 'The chunk has no text and nothing else that is known.');
  const attachments = attachmentsOf(chunk, { location, log });
  return {
    role: role ?? 'SYSTEM',
    author: null,
    text: storableText(textOf(chunk), location, log),
    hidden: chunk.isThought === true || role === undefined || role === 'SYSTEM',
    createdAt: parseTime(chunk.createTime, `${location}.createTime`, log),
    model: role === 'ASSISTANT' ? model : null,
    contentType,
    raw: part.raw,
    metadata: chunkMetadata(chunk),
    ...(attachments.length > 0 ? { attachments } : {}),
  };
}

function contentTypeOf(chunk: JsonObject): string {
  if (chunk.isThought === true) return 'thought';
  if (typeof chunk.text === 'string' && chunk.text !== '') return 'text';
  if (chunk.executableCode) return 'executable_code';
  if (chunk.codeExecutionResult) return 'code_execution_result';
  const file = FILES.find((name) => chunk[name]);
  if (file) return file;
  return typeof chunk.text === 'string' || Array.isArray(chunk.parts) || 'errorMessage' in chunk ? 'text' : 'unknown';
}

/** `text` is the whole of what was said; `parts` repeat it in the pieces in which it was streamed. */
function textOf(chunk: JsonObject): string {
  const own = asText(chunk.text) ?? codeOf(chunk);
  if (own !== '') return own;
  return objectsIn(chunk.parts)
    .filter(({ thought }) => thought !== true || chunk.isThought === true)
    .map((piece) => asText(piece.text) ?? codeOf(piece))
    .join('');
}

function codeOf(piece: JsonObject): string {
  return asText(asObject(piece.executableCode)?.code) ?? asText(asObject(piece.codeExecutionResult)?.output) ?? '';
}
