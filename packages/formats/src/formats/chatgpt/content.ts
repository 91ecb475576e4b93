import type { IssueLog } from '../../conversation/issues.ts';
import { asArray, asObject, asText, type JsonObject, objectsIn } from '../../json/values.ts';

type TextOf = (content: JsonObject, metadata: JsonObject | null) => string;

/** Where each content type keeps its text. One that is not listed keeps its raw JSON and gives what looks like text. */
const TEXT_OF: ReadonlyMap<string, TextOf> = new Map<string, TextOf>([
  ['text', partsText],
  ['multimodal_text', partsText],
  // Some exporters leave the code out and keep only what it became.
  ['code', (content, metadata) => asText(content.text) ?? asText(metadata?.finished_text) ?? ''],
  ['execution_output', (content) => asText(content.text) ?? ''],
  ['thoughts', thoughtsText],
  ['reasoning_recap', (content) => asText(content.content) ?? partsText(content)],
  ['user_editable_context', (content) => lines(content.user_profile, content.user_instructions)],
  ['model_editable_context', (content) => asText(content.model_set_context) ?? ''],
  ['tether_quote', (content) => lines(content.title, content.url, content.text)],
  ['sonic_webpage', (content) => lines(content.title, content.url, content.text)],
  ['tether_browsing_display', (content) => asText(content.result) ?? asText(content.summary) ?? ''],
  [
    'system_error',
    (content) => [asText(content.name), asText(content.text)].filter((part) => part !== null).join(': '),
  ],
  ['computer_output', (content) => asText(asObject(content.state)?.title) ?? ''],
  ['citable_code_output', (content) => asText(content.output_str) ?? ''],
]);

/** The plain text of a message's content; an issue says when its type or shape is not known. */
export function readContent(
  content: JsonObject | null,
  metadata: JsonObject | null,
  location: string,
  log: IssueLog,
): string {
  if (content === null) {
    log.report('INVALID_CONTENT', location, 'The message has no content.');
    return '';
  }
  const type = asText(content.content_type) ?? '';
  const textOf = TEXT_OF.get(type);
  if (textOf) return textOf(content, metadata);
  log.report(
    'UNKNOWN_CONTENT_TYPE',
    location,
    `The content type ${JSON.stringify(type)} is not known; its raw JSON is kept.`,
  );
  return asText(content.text) ?? asText(content.content) ?? asText(content.result) ?? partsText(content);
}

/** Strings, and the words of objects that carry some (a transcribed voice message); pointers to assets carry none. */
function partsText(content: JsonObject): string {
  return asArray(content.parts)
    .map((part) => (typeof part === 'string' ? part : (asText(asObject(part)?.text) ?? '')))
    .filter((text) => text !== '')
    .join('\n');
}

function thoughtsText(content: JsonObject): string {
  const thoughts = objectsIn(content.thoughts).map(({ summary, content: body }) => lines(summary, body));
  return thoughts.length > 0 ? thoughts.join('\n\n') : partsText(content);
}

function lines(...parts: unknown[]): string {
  return parts
    .map(asText)
    .filter((part) => part !== null)
    .join('\n');
}
