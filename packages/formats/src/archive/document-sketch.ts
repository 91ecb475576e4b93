import { isUtf8 } from 'node:buffer';
import { WRAPPER } from '../json/record-splitter.ts';
import { sketchJson } from '../json/sketch.ts';
import { sketchRecords } from '../json/sketch-records.ts';
import { readPrefix } from '../source.ts';
import { kindOfBytes } from './magic.ts';

/** What the beginning of a document looks like. */
export type DocumentSketch =
  | { kind: 'empty' }
  /** `root` holds what the beginning shows of the outermost value; `complete` tells whether that is all of it, `faulty` whether it is invalid, or `tooDeep`. */
  | { kind: 'json'; root: unknown; complete: boolean; faulty: boolean; tooDeep: boolean; atEnd: boolean }
  | { kind: 'json-lines'; lines: unknown[] }
  | { kind: 'text'; text: string }
  /** `label` names a kind that can be told from the first bytes, such as "a PDF document". */
  | { kind: 'binary'; label: string | null };

/** Bytes of a document that are looked at, at most. */
export const MAX_SKETCH_BYTES = 4 * 1024 * 1024;
const PREFIX_BYTES = [64 * 1024, MAX_SKETCH_BYTES];
const MAX_SKETCHED_LINES = 20;

/** Looks at the first 64 KiB; when those show nothing but the start of one huge value, at the first 4 MiB. */
export async function sketchDocument(document: {
  size: number;
  open(): AsyncIterable<Uint8Array>;
}): Promise<DocumentSketch> {
  let sketch: DocumentSketch = { kind: 'empty' };
  for (const limit of PREFIX_BYTES) {
    const prefix = await readPrefix(document.open(), limit);
    sketch = sketchBytes(prefix, document.size <= limit);
    if (document.size <= limit || !isBarren(sketch)) break;
  }
  return sketch;
}

/** Whether a JSON sketch shows too little of the document to say what it is. */
function isBarren(sketch: DocumentSketch): boolean {
  if (sketch.kind !== 'json' || sketch.complete) return false;
  const first = Array.isArray(sketch.root) ? sketch.root[0] : sketch.root;
  return typeof first !== 'object' || first === null || Object.keys(first).length < 3;
}

function sketchBytes(prefix: Buffer, atEnd: boolean): DocumentSketch {
  const label = kindOfBytes(prefix);
  if (label !== null) return { kind: 'binary', label };
  const text = prefix.toString('utf8').replace(/^\uFEFF/, '');
  const start = text.trimStart();
  if (start === '') return { kind: 'empty' };
  if (start.startsWith('{') || start.startsWith('[')) return sketchJsonText(prefix, start, atEnd);
  const isText = !prefix.includes(0) && (isUtf8(prefix) || !atEnd || isMostlyUtf8(text));
  return isText ? { kind: 'text', text } : { kind: 'binary', label: null };
}

/** A text with a few damaged bytes is still one; bytes of another kind have some in every few. */
function isMostlyUtf8(text: string): boolean {
  return (text.match(/\uFFFD/g) ?? []).length * 20 < text.length;
}

function sketchJsonText(prefix: Buffer, text: string, atEnd: boolean): DocumentSketch {
  const { root, closed, faulty, tooDeep, stopped, rest } = sketchJson(text);
  if (faulty) {
    if (looksLikeProse(text)) return { kind: 'text', text };
    return { kind: 'json', root: rootAroundFault(prefix, text, root), complete: false, faulty, tooDeep, atEnd };
  }
  if (rest === '') return { kind: 'json', root, complete: closed, faulty, tooDeep, atEnd: atEnd && !stopped };
  const lines = parseLines(text);
  return lines.length > 1
    ? { kind: 'json-lines', lines }
    : { kind: 'json', root, complete: true, faulty: true, tooDeep, atEnd };
}

/** Looks past the fault: it may lie within one record of many. */
function rootAroundFault(prefix: Buffer, text: string, root: unknown): unknown {
  const isArray = text.startsWith('[');
  const records = sketchRecords(prefix, isArray ? { kind: 'array' } : { kind: 'member', key: WRAPPER });
  if (records.length === 0) return root;
  return isArray ? records : { [WRAPPER]: records };
}

/** A text such as WhatsApp's `[20.07.26, 09:00:00] Ann: hello` begins with a bracket and is no JSON. */
function looksLikeProse(text: string): boolean {
  return /^\[[^\]"{}]*\d[^\]"{}]*\]\s*[\p{L}~]/u.test(text);
}

function parseLines(text: string): unknown[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const parsed: unknown[] = [];
  for (const line of lines.slice(0, MAX_SKETCHED_LINES)) {
    const sketch = sketchJson(line.trim());
    if (sketch.root === undefined || sketch.faulty || sketch.rest !== '') break;
    parsed.push(sketch.root);
  }
  return parsed;
}
