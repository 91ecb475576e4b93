import { asObject, asText, type JsonObject } from '../../json/values.ts';
import type { ParsedAttachment } from '../../model.ts';
import { attachmentOf, attachmentsInParts, type PartsOwner } from '../content-parts/attachments.ts';
import { fileAt } from '../content-parts/file-part.ts';
import { SEPARATOR, spokenIn } from './content.ts';

/** The files in the parts of a message with the given text, and the sound that a model spoke it with. */
export function attachmentsOf(message: JsonObject, text: string, owner: PartsOwner): ParsedAttachment[] {
  const words = { of: spokenIn, separator: SEPARATOR, text };
  const audio = asObject(message.audio);
  const spoken = {
    ...fileAt(null),
    id: asText(audio?.id),
    encoded: asText(audio?.data),
    text: asText(audio?.transcript),
  };
  return [
    ...attachmentsInParts(message.content, 'content', owner, words),
    ...(audio === null ? [] : [attachmentOf(spoken, 'audio', owner)]),
  ];
}
