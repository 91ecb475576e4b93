import { type JsonObject, objectsIn } from '../json/values.ts';

/** A product whose JSON is recognised so that a refusal can name it. */
interface ForeignJson {
  label: string;
  test(root: Root): boolean;
}

interface Root {
  /** The objects in the outermost array, or the outermost object alone. */
  elements: readonly JsonObject[];
}

const has = (object: JsonObject, ...keys: string[]) => keys.every((key) => key in object);

const PRODUCTS: readonly ForeignJson[] = [
  { label: 'a Google Takeout activity file', test: ({ elements }) => elements.some(isActivity) },
  {
    label: 'a Slack channel of a Slack export',
    test: ({ elements }) => elements.some((value) => has(value, 'ts', 'type', 'text')),
  },
];

function isActivity(value: JsonObject): boolean {
  return has(value, 'header', 'title', 'time');
}

/** The product that a JSON document comes from, in words; null when it is not known. */
export function recogniseJson(root: unknown): string | null {
  if (Array.isArray(root) && root.length === 0) return 'an empty JSON array';
  const elements = Array.isArray(root) ? objectsIn(root) : objectsIn([root]);
  return PRODUCTS.find(({ test }) => test({ elements }))?.label ?? null;
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
  return 'plain text';
}
