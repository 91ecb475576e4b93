import type { MessageRole } from '@colloquy/domain';
import type { IssueLog } from '../../conversation/issues.ts';
import { pick, storableJson, storableText, storableTextOrNull } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import type { MessageDraft } from '../../conversation/tree-node.ts';
import { asArray, asObject, asText, type JsonObject, objectsIn } from '../../json/values.ts';
import type { DocumentIndex } from '../attachments/document-index.ts';
import type { RecordPart } from '../conversation-record.ts';
import { attachmentsOf } from './attachments.ts';
import { withoutCards } from './citation-cards.ts';
import { plainTime } from './extended-json.ts';

const PEOPLE = new Set(['human', 'user']);
const MESSAGE_FIELDS = [
  'query',
  'query_type',
  'file_attachments',
  'generated_image_urls',
  'media_types',
  'error',
  'partial',
];

/** A response of a Grok export, of a person or of the model; its place in the tree is not known yet. */
export function draftMessage(
  response: JsonObject,
  part: RecordPart,
  assets: DocumentIndex,
  log: IssueLog,
): MessageDraft {
  const { location } = part;
  const attachments = attachmentsOf(response, assets, `${location}.response`, log);
  const role = roleOf(response.sender);
  if (role === null) log.report('UNKNOWN_ROLE', location, 'The response names no sender.');
  const written = textOf(response.message, location, log);
  const text = role === 'ASSISTANT' ? withoutCards(written) : written;
  return {
    role: role ?? 'SYSTEM',
    author: null,
    text: storableText(text, location, log),
    hidden: role === null,
    createdAt: parseTime(plainTime(response.create_time), `${location}.response.create_time`, log),
    model: role === 'ASSISTANT' ? storableTextOrNull(asText(response.model), `${location}.response.model`, log) : null,
    contentType: contentTypeOf(response, text),
    raw: part.raw,
    metadata: {
      ...pick(response, MESSAGE_FIELDS),
      ...thinkingOf(response),
      ...citationsOf(response),
      ...pick(asObject(part.value), ['share_link']),
    },
    ...(attachments.length > 0 && { attachments }),
  };
}

/** The model is `assistant`, `ASSISTANT` or a name of its own, such as `grok-3`: everybody but the person. */
function roleOf(sender: unknown): MessageRole | null {
  const name = asText(sender)?.toLowerCase();
  if (name === undefined) return null;
  return PEOPLE.has(name) ? 'USER' : 'ASSISTANT';
}

function textOf(message: unknown, location: string, log: IssueLog): string {
  if (typeof message === 'string') return message;
  if (message !== undefined && message !== null) {
    log.report('INVALID_CONTENT', `${location}.response.message`, 'Expected a text.');
  }
  return '';
}

function contentTypeOf(response: JsonObject, text: string): string {
  if (text !== '') return 'text';
  if (asArray(response.generated_image_urls).length > 0) return 'image';
  return response.error ? 'error' : 'empty';
}

function thinkingOf(response: JsonObject): Record<string, unknown> {
  const traces = [response.thinking_trace, ...objectsIn(response.agent_thinking_traces).map((it) => it.thinking_trace)];
  const thinking = traces.map(asText).filter((trace) => trace !== null);
  return thinking.length > 0 ? { thinking: storableJson(thinking) } : {};
}

function citationsOf(response: JsonObject): Record<string, unknown> {
  const citations = objectsIn(response.cited_web_search_results).map((result) => pick(result, ['url', 'title']));
  return citations.length > 0 ? { citations } : {};
}
