import { type RecordLayout, WRAPPER } from '../json/record-splitter.ts';
import { asObject, type JsonObject, objectsIn } from '../json/values.ts';

/** Where in a document the conversations are, judged by the beginning of its root; null when it shows none. */
export function recordLayout(root: unknown, isConversation: (value: JsonObject) => boolean): RecordLayout | null {
  if (objectsIn(root).some(isConversation)) return { kind: 'array' };
  const object = asObject(root);
  if (object === null) return null;
  if (isConversation(object)) return { kind: 'single' };
  return objectsIn(object[WRAPPER]).some(isConversation) ? { kind: 'member', key: WRAPPER } : null;
}
