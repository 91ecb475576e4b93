import type { ArchiveDocument } from '../../archive/document.ts';
import type { ArchiveView } from '../../archive/view.ts';
import type { RecordLayout } from '../../json/record-splitter.ts';
import { sketchJson } from '../../json/sketch.ts';
import { asObject, type JsonObject, objectsIn } from '../../json/values.ts';
import { readPrefix } from '../../source.ts';
import { recordLayout } from '../layout.ts';
import type { ReadContext } from '../reader.ts';
import { splitLines } from '../split-lines.ts';

/** Where the lists of messages are in a document. */
export type MessagesLayout =
  /** Each line is an object around a list. */
  | { kind: 'lines' }
  /** The document is one list. */
  | { kind: 'list' }
  /** Objects around lists, in one JSON document. */
  | { kind: 'records'; records: RecordLayout };

const ROLES = new Set<unknown>(['system', 'developer', 'user', 'assistant', 'tool', 'function']);
const CONTENT = ['content', 'tool_calls', 'function_call', 'refusal'];
/** How much is looked at when the first line is damaged. */
const PREFIX_BYTES = 1024 * 1024;

/** Whether the beginning of a document shows messages of this format. */
export async function isRecognised(archive: ArchiveView, document: ArchiveDocument): Promise<boolean> {
  const sketch = await archive.sketch(document);
  if (sketch.kind === 'json-lines') return objectsIn(sketch.lines).some(isConversation);
  if (sketch.kind !== 'json') return false;
  if (recordLayout(sketch.root, isConversation) !== null || isList(sketch.root)) return true;
  return sketch.faulty && !Array.isArray(sketch.root) && (await hasLine(document));
}

/** The layout of a recognised document. */
export async function layoutOf(
  archive: ArchiveView,
  document: ArchiveDocument,
  context: ReadContext,
): Promise<MessagesLayout> {
  const sketch = await archive.sketch(document);
  if (sketch.kind !== 'json') return { kind: 'lines' };
  const records = recordLayout(sketch.root, isConversation);
  if (records === null) return isList(sketch.root) ? { kind: 'list' } : { kind: 'lines' };
  const isWhole = sketch.complete && !sketch.faulty;
  if (records.kind !== 'single' || isWhole) return { kind: 'records', records };
  return (await isFirstLineWhole(document, context)) ? { kind: 'lines' } : { kind: 'records', records };
}

/** A message may be cut off behind its role. */
function isMessage(value: JsonObject): boolean {
  if (!ROLES.has(value.role)) return false;
  return CONTENT.some((name) => name in value) || Object.keys(value).length === 1;
}

function isConversation(value: JsonObject): boolean {
  return objectsIn(value.messages).some(isMessage);
}

function isList(root: unknown): boolean {
  const [first] = objectsIn(root);
  return first !== undefined && isMessage(first);
}

/** Whether the first line is a JSON value of its own (or too long to tell): then further lines are further records. */
async function isFirstLineWhole(document: ArchiveDocument, context: ReadContext): Promise<boolean> {
  for await (const { bytes } of splitLines(document, context)) {
    const text = bytes?.toString('utf8').trim();
    if (text === undefined) return true;
    if (text !== '') return isJson(text);
  }
  return false;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    // Only asked whether the line stands alone: reading the document will say what is wrong with it.
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Whether a line behind a damaged first one is of the format. */
async function hasLine(document: ArchiveDocument): Promise<boolean> {
  const prefix = await readPrefix(document.open(), PREFIX_BYTES);
  return prefix
    .toString('utf8')
    .split('\n')
    .some((line) => line.startsWith('{') && isConversationIn(line));
}

function isConversationIn(line: string): boolean {
  const root = asObject(sketchJson(line).root);
  return root !== null && isConversation(root);
}
