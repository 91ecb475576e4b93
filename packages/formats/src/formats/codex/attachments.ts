import type { IssueLog } from '../../conversation/issues.ts';
import { asArray, asObject, asText, type JsonObject } from '../../json/values.ts';
import type { ParsedAttachment } from '../../model.ts';
import { distinctAttachments } from '../attachments/message-attachments.ts';
import { attachmentOf, attachmentsInParts, type PartsOwner } from '../content-parts/attachments.ts';
import { fileAt } from '../content-parts/file-part.ts';
import type { SessionLine } from '../json-lines/read-line.ts';
import { SEPARATOR, wordsOf } from './item.ts';
import type { RolloutLine } from './line.ts';

/** The pictures and files of an item, or of an event where it stands for one; `text` is what was made of it. */
export function attachmentsOf(
  { raw, location }: SessionLine,
  { item, kind }: RolloutLine,
  text: string,
  log: IssueLog,
): ParsedAttachment[] {
  const owner = { raw, location, log };
  return kind === 'event_msg' ? inEvent(item, owner) : inItem(item, text, owner);
}

/** A prompt has them in its content, the result of a tool in its output, a picture that was made is a result in itself. */
function inItem(item: JsonObject, text: string, owner: PartsOwner): ParsedAttachment[] {
  const words = { of: wordsOf, separator: SEPARATOR, text };
  const output = asObject(item.output);
  const parts = output === null ? item.output : (output.content ?? output.content_items);
  const made = item.type === 'image_generation_call' ? asText(item.result) : null;
  return distinctAttachments([
    ...attachmentsInParts(item.content, 'content', owner, words),
    ...attachmentsInParts(parts, 'output', owner, words),
    ...(made === null ? [] : [attachmentOf({ ...fileAt(null), encoded: made }, 'result', owner)]),
  ]);
}

/** Addresses of pictures, and paths of those that lay on the computer. */
function inEvent(event: JsonObject, owner: PartsOwner): ParsedAttachment[] {
  const inPrompt = textsOf(event.images).map((url, index) => attachmentOf(fileAt(url), `images[${index}]`, owner));
  const local = textsOf(event.local_images).map((path, index) =>
    attachmentOf({ ...fileAt(null), name: path.replaceAll('\\', '/') }, `local_images[${index}]`, owner),
  );
  return [...inPrompt, ...local];
}

function textsOf(value: unknown): string[] {
  return asArray(value)
    .map(asText)
    .filter((text) => text !== null);
}
