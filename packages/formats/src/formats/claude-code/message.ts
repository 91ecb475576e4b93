import type { IssueLog } from '../../conversation/issues.ts';
import { pick, storableText, storableTextOrNull } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import type { MessageDraft } from '../../conversation/tree-node.ts';
import { asObject, asText, type JsonObject } from '../../json/values.ts';
import { attachmentsInParts } from '../content-parts/attachments.ts';
import type { SessionLine } from '../json-lines/read-line.ts';
import { readContent, spokenIn } from './content.ts';
import { speakerOf } from './speaker.ts';

const LINE_FIELDS = [
  'subtype',
  'level',
  'agentId',
  'requestId',
  'costUSD',
  'durationMs',
  'compactMetadata',
  'promptId',
];
const FLAGS = ['isSidechain', 'isMeta', 'isCompactSummary', 'isApiErrorMessage'];
const MESSAGE_FIELDS = ['id', 'stop_reason', 'usage'];

/** The model's name in lines that the program wrote in its place. */
const NO_MODEL = '<synthetic>';

/** The vendor's content of a message, wherever its kind of line keeps it. */
export function contentOf(line: JsonObject): unknown {
  const message = asObject(line.message);
  if (message !== null) return message.content;
  return line.type === 'attachment' ? asObject(line.attachment)?.prompt : line.content;
}

/** The model that wrote a message, or null. */
export function modelOf(line: JsonObject): string | null {
  const model = asText(asObject(line.message)?.model);
  return model === NO_MODEL ? null : model;
}

/** A message of a session; `author` is the tool whose result it carries. */
export function draftMessage(
  { value, raw, location }: SessionLine,
  author: string | null,
  log: IssueLog,
): MessageDraft {
  const content = readContent(contentOf(value), location, log);
  const words = content.isSpoken ? { of: spokenIn, separator: '\n\n', text: content.text } : null;
  const attachments = attachmentsInParts(contentOf(value), 'content', { raw, location, log }, words);
  const { role, hidden } = speakerOf(value, content);
  if (role === null) {
    log.report('UNKNOWN_ROLE', location, `The type ${JSON.stringify(value.type ?? null).slice(0, 80)} is not known.`);
  }
  const flags = FLAGS.filter((flag) => value[flag] === true);
  return {
    role: role ?? 'SYSTEM',
    author: storableTextOrNull(author, location, log),
    text: storableText(content.text, location, log),
    hidden,
    createdAt: parseTime(value.timestamp, `${location}.timestamp`, log),
    model: modelOf(value),
    contentType: storableText(contentTypeOf(value, content.contentType), location, log),
    raw,
    metadata: {
      ...pick(value, LINE_FIELDS),
      ...pick(value, flags),
      ...pick(asObject(value.message), MESSAGE_FIELDS),
      ...content.metadata,
    },
    ...(attachments.length > 0 && { attachments }),
  };
}

function contentTypeOf(line: JsonObject, contentType: string): string {
  if (line.type === 'system') return asText(line.subtype) ?? 'system';
  return line.type === 'attachment' || line.type === 'queue-operation' ? 'queued_command' : contentType;
}
