import type { IssueLog } from '../../conversation/issues.ts';
import { asObject, type JsonObject } from '../../json/values.ts';

/**
 * The parts of a message's `content`, as OpenAI, Anthropic and who follows them write it: a text is one part, and so is each
 * text in a list. What is no part is an issue; `mayHaveHoles` says that nulls are none, in lists that were streamed by place.
 */
export function contentParts(
  content: unknown,
  location: string,
  log: IssueLog,
  { mayHaveHoles }: { mayHaveHoles: boolean },
): JsonObject[] {
  if (content === null || content === undefined || content === '') return [];
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  if (!Array.isArray(content)) {
    log.report('INVALID_CONTENT', `${location}.content`, 'Expected a text or a list of parts.');
    return [];
  }
  return content.flatMap((element: unknown, index) => {
    const part = typeof element === 'string' ? { type: 'text', text: element } : asObject(element);
    if (part !== null) return [part];
    if (element !== null || !mayHaveHoles)
      log.report('INVALID_CONTENT', `${location}.content[${index}]`, 'Expected a part; it was left out of the text.');
    return [];
  });
}
