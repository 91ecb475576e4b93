import type { MessageRole } from '@colloquy/domain';
import type { IssueLog } from '../../conversation/issues.ts';
import { pick, storableText, storableTextOrNull } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import type { MessageDraft } from '../../conversation/tree-node.ts';
import { asObject, asText, type JsonObject, objectsIn } from '../../json/values.ts';
import { attachmentsOf } from './attachments.ts';
import { readContent } from './content.ts';

const ROLES: ReadonlyMap<unknown, MessageRole> = new Map([
  ['user', 'USER'],
  ['assistant', 'ASSISTANT'],
  ['system', 'SYSTEM'],
  ['tool', 'TOOL'],
]);

const MESSAGE_FIELDS = [
  'models',
  'modelIdx',
  'done',
  'error',
  'usage',
  'info',
  'annotation',
  'feedbackId',
  'favorite',
  'userContext',
];
/** `url` is left out: it holds the bytes of images. */
const FILE_FIELDS = ['type', 'id', 'name', 'size', 'content_type', 'collection_name'];

/** A message of an Open WebUI chat; its place in the tree is not known yet. */
export function draftMessage(message: JsonObject, raw: string, location: string, log: IssueLog): MessageDraft {
  const role = ROLES.get(message.role);
  if (!role) {
    const named = JSON.stringify(message.role ?? null).slice(0, 100);
    log.report('UNKNOWN_ROLE', location, `The role ${named} is not known.`);
  }
  const { text, contentType, metadata } = readContent(message, location, log);
  const attachments = attachmentsOf(message, text, { raw, location, log });
  const isModel = role === 'ASSISTANT';
  return {
    role: role ?? 'SYSTEM',
    author: isModel ? storableTextOrNull(asText(message.modelName), `${location}.modelName`, log) : null,
    text: storableText(text, location, log),
    hidden: role === undefined || role === 'SYSTEM' || role === 'TOOL' || isSilent(contentType),
    createdAt: parseTime(message.timestamp, `${location}.timestamp`, log),
    model: isModel ? storableTextOrNull(asText(message.model), `${location}.model`, log) : null,
    contentType,
    raw,
    metadata: { ...pick(message, MESSAGE_FIELDS), ...filesOf(message), ...sourcesOf(message), ...metadata },
    ...(attachments.length > 0 && { attachments }),
  };
}

/** An answer that is nothing but reasoning or calls of tools. */
function isSilent(contentType: string): boolean {
  return contentType === 'reasoning' || contentType === 'tool_calls' || contentType === 'code_interpreter';
}

function filesOf({ files }: JsonObject): Record<string, unknown> {
  const entries = objectsIn(files).map((file) => pick(file, FILE_FIELDS));
  return entries.length > 0 ? { files: entries } : {};
}

/** What an answer was drawn from, by name; the passages themselves stay in the raw JSON. */
function sourcesOf(message: JsonObject): Record<string, unknown> {
  const sources = objectsIn(message.sources ?? message.citations)
    .map(({ source }) => pick(asObject(source), ['id', 'name', 'type', 'url']))
    .filter((source) => Object.keys(source).length > 0);
  return sources.length > 0 ? { sources } : {};
}
