import { asArray, asObject, asString, asText, type JsonObject, objectsIn } from '../../../json/values.ts';
import { mediaTypeOfExport } from '../../attachments/media-type.ts';

/** A replacement of a piece of a document: `pattern` is a regular expression of Python. */
export interface CanvasUpdate {
  pattern: string;
  replacement: string;
  /** Whether every match is replaced, not only the first one. */
  multiple: boolean;
}

/** What an assistant's message does to a document of the canvas. */
export interface CanvasCall {
  title: string | null;
  mediaType: string | null;
  change: { whole: string } | { updates: readonly CanvasUpdate[] };
}

const CREATE = 'canmore.create_textdoc';
const UPDATE = 'canmore.update_textdoc';

/** The call that a message is, or null; a call whose arguments cannot be read makes no document. */
export function canvasCall(message: JsonObject): CanvasCall | null {
  if (message.recipient !== CREATE && message.recipient !== UPDATE) return null;
  const call = argumentsOf(asObject(message.content));
  if (call === null) return null;
  const title = asText(call.name);
  const mediaType = textdocMediaType(asText(call.type));
  if (message.recipient === CREATE) {
    const whole = asString(call.content);
    return whole === null ? null : { title, mediaType, change: { whole } };
  }
  const updates = objectsIn(call.updates)
    .map(readUpdate)
    .filter((update) => update !== null);
  return updates.length === 0 ? null : { title, mediaType, change: { updates } };
}

/** The media type of `document`, or of `code/html` and its like; null where the type is not said. */
export function textdocMediaType(type: string | null): string | null {
  if (type === null) return null;
  if (type === 'document') return 'text/markdown';
  return mediaTypeOfExport(type.slice(type.indexOf('/') + 1)) ?? 'text/plain';
}

function argumentsOf(content: JsonObject | null): JsonObject | null {
  const json =
    asText(content?.text) ??
    asArray(content?.parts)
      .map(asText)
      .find((part) => part !== null);
  try {
    return json ? asObject(JSON.parse(json)) : null;
  } catch {
    // The call was cut off or is none; it stays a message with its text.
    return null;
  }
}

function readUpdate({ pattern, replacement, multiple }: JsonObject): CanvasUpdate | null {
  const [from, to] = [asText(pattern), asString(replacement)];
  return from === null || to === null ? null : { pattern: from, replacement: to, multiple: multiple === true };
}
