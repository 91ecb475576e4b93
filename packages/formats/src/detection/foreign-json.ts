import { asArray, asObject, asString, type JsonObject, objectsIn } from '../json/values.ts';

/** A product whose JSON is recognised so that a refusal can name it. */
interface ForeignJson {
  label: string;
  test(root: Root): boolean;
}

interface Root {
  /** The outermost object, or an empty one. */
  object: JsonObject;
  /** The objects in the outermost array, or the outermost object alone. */
  elements: readonly JsonObject[];
}

const has = (object: JsonObject | null | undefined, ...keys: string[]) =>
  object !== null && object !== undefined && keys.every((key) => key in object);
const isMessage = (value: JsonObject) => has(value, 'role', 'content');

const PRODUCTS: readonly ForeignJson[] = [
  { label: 'a Gemini Takeout activity file', test: ({ elements }) => elements.some(isActivity('Gemini Apps')) },
  { label: 'a Google Takeout activity file', test: ({ elements }) => elements.some(isActivity(null)) },
  { label: 'a LibreChat export', test: ({ object }) => has(object, 'conversationId', 'messages') },
  {
    label: 'an Open WebUI export',
    test: ({ elements }) =>
      elements.some((value) => has(asObject(asObject(value.chat)?.history ?? value.history), 'messages')),
  },
  {
    label: 'a Discord export (DiscordChatExporter)',
    test: ({ object }) => has(object, 'guild', 'channel', 'messages'),
  },
  {
    label: 'a Telegram export',
    test: ({ object }) => has(object, 'name', 'type', 'id', 'messages') || has(asObject(object.chats), 'list'),
  },
  {
    label: 'a Grok export',
    test: ({ object, elements }) =>
      [...elements, ...objectsIn(object.conversations)].some((value) => has(value, 'conversation', 'responses')),
  },
  {
    label: 'a Slack channel of a Slack export',
    test: ({ elements }) => elements.some((value) => has(value, 'ts', 'type', 'text')),
  },
  {
    label: 'a list of OpenAI messages',
    test: ({ object, elements }) => [...elements, ...objectsIn(object.messages)].some(isMessage),
  },
];

const LINES: readonly ForeignJson[] = [
  {
    label: 'a Claude Code session (JSONL)',
    test: ({ elements }) =>
      elements.some((line) => has(line, 'sessionId', 'message') || has(line, 'leafUuid', 'summary')),
  },
  {
    label: 'a Codex session (JSONL)',
    test: ({ elements }) => elements.some((line) => has(line, 'payload', 'type') || line.record_type === 'state'),
  },
  {
    label: 'OpenAI messages (JSONL)',
    test: ({ elements }) => elements.some((line) => objectsIn(line.messages).some(isMessage)),
  },
];

function isActivity(header: string | null): (value: JsonObject) => boolean {
  return (value) => has(value, 'header', 'title', 'time') && (header === null || value.header === header);
}

/** The product that a JSON document comes from, in words; null when it is not known. */
export function recogniseJson(root: unknown): string | null {
  if (Array.isArray(root) && root.length === 0) return 'an empty JSON array';
  const object = asObject(root) ?? {};
  const elements = Array.isArray(root) ? objectsIn(root) : [object];
  return PRODUCTS.find(({ test }) => test({ object, elements }))?.label ?? null;
}

/** The product that JSON Lines come from, in words; null when it is not known. */
export function recogniseLines(lines: readonly unknown[]): string | null {
  const elements = objectsIn(lines);
  return LINES.find(({ test }) => test({ object: {}, elements }))?.label ?? null;
}

/** What a text that is no JSON is, in words. */
export function recogniseText(text: string): string {
  const start = text.trimStart().slice(0, 4096);
  if (/^(<!doctype html|<html)/i.test(start)) {
    return start.includes('Gemini Apps') || text.includes('outer-cell')
      ? 'a Google Takeout activity page (HTML)'
      : 'an HTML page';
  }
  if (start.startsWith('<?xml') || /^<[a-z]+[\s>]/i.test(start)) return 'an XML document';
  const lines = asArray(start.split('\n')).map((line) => asString(line) ?? '');
  const isWhatsApp = lines.some((line) =>
    /^\u200E?\[?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? .{4,14}(\]| -) [^:]+: /.test(line),
  );
  return isWhatsApp ? 'a WhatsApp chat (text)' : 'plain text';
}
