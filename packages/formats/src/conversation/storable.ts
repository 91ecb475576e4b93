import { createHash } from 'node:crypto';
import { makeWellFormed } from '@colloquy/domain';
import { asObject, type JsonObject } from '../json/values.ts';
import type { IssueLog } from './issues.ts';

const MAX_MESSAGE_ID = 512;

/** A text that PostgreSQL takes and whose offsets are stable; a TEXT_REPAIRED issue says when it had to be changed. */
export function storableText(text: string, location: string, log: IssueLog): string {
  if (isStorable(text)) return text;
  const formed = makeWellFormed(text);
  if (formed.removedNul > 0 || formed.replacedSurrogates) {
    const what = [
      formed.removedNul > 0 ? `${formed.removedNul} NUL characters were removed` : '',
      formed.replacedSurrogates ? 'lone surrogates were replaced by U+FFFD' : '',
    ];
    log.report('TEXT_REPAIRED', location, `${what.filter((part) => part !== '').join('; ')}.`);
  }
  return formed.text;
}

/** As `storableText`, for a text that may be absent. */
export function storableTextOrNull(text: string | null, location: string, log: IssueLog): string | null {
  return text === null ? null : storableText(text, location, log);
}

/** A vendor's id as a key: one that is too long for an index or is not well-formed is replaced by its hash. */
export function storableId(id: string, location: string, log: IssueLog, most = MAX_MESSAGE_ID): string {
  if (id.length <= most && isStorable(id)) return id;
  log.report('ID_REPLACED', location, 'The id is too long or not well-formed, and was replaced by its SHA-256.');
  return `sha256:${createHash('sha256').update(JSON.stringify(id)).digest('hex')}`;
}

/** The members of `source` named by `keys` that are neither null nor absent, safe for `jsonb`. */
export function pick(source: JsonObject | null, keys: readonly string[]): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  if (source === null) return picked;
  for (const key of keys) {
    const value = Object.hasOwn(source, key) ? source[key] : null;
    if (value !== null && value !== undefined) picked[key] = storableJson(value);
  }
  return picked;
}

/**
 * The JSON value with every string and key well-formed: itself, as nearly always, when they are; else a copy. Depth is
 * bounded by the limit of records.
 */
export function storableJson(value: unknown): unknown {
  return isStorableJson(value) ? value : repaired(value);
}

function repaired(value: unknown): unknown {
  if (typeof value === 'string') return makeWellFormed(value).text;
  if (Array.isArray(value)) return value.map(repaired);
  const object = asObject(value);
  if (object === null) return value;
  return Object.fromEntries(
    Object.entries(object).map(([key, member]) => [makeWellFormed(key).text, repaired(member)]),
  );
}

function isStorableJson(value: unknown): boolean {
  if (typeof value === 'string') return isStorable(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isStorableJson);
  // Parsed JSON: every member is the object's own.
  for (const key in value) {
    if (!isStorable(key) || !isStorableJson((value as JsonObject)[key])) return false;
  }
  return true;
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
