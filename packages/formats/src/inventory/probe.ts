import { isDeepStrictEqual } from 'node:util';
import type { ParsedConversation, ParsedMessage } from '../model.ts';
import { readOne } from '../testing/read-all.ts';
import type { PageRow } from './page.ts';
import { formatPath, type Path, parsePath, valuesAt, withValue } from './path.ts';
import { MARKER, type Scaffold } from './scaffold.ts';

const TIME = '2024-04-05T19:34:38.000Z';
const TIMES: ReadonlySet<string | undefined> = new Set(['createdAt', 'updatedAt']);
const UNLISTED = 'a member without a row of its own';

/** Puts a distinctive value at `path` of a small document and reads it: what is wrong with what arrives, else null. */
export async function probe(scaffold: Scaffold, path: Path, type: string, row: PageRow): Promise<string | null> {
  const text = formatPath(path);
  const known = scaffold.values[text];
  const value = known ? known.value : distinctive(type, row);
  const without = contextOf(scaffold, text);
  const before = row.kept === 'raw' ? null : await readOne(without);
  const after = await readOne(put(scaffold, without, path, value));
  const rest = path.slice(row.path.length);
  for (const field of row.fields.map((target) => [...target, ...rest])) {
    const arrived = field.at(-1) === 'hidden' ? true : (known?.arrived ?? value);
    const isThere = (conversation: ParsedConversation) =>
      holds(conversation, field, arrived, isOfMessage(scaffold, path));
    if (before !== null && isThere(before))
      return `${text}: ${formatPath(field)} holds the value before it is put there`;
    if (!isThere(after)) return `${text}: ${JSON.stringify(value)} does not arrive in ${formatPath(field)}`;
  }
  return isInRaw(scaffold, after, path, value) ? null : `${text}: ${JSON.stringify(value)} is not in the raw JSON`;
}

/** A value of the inventory's type that nothing else in the document has. */
function distinctive(type: string, row: PageRow): unknown {
  if (row.fields.some((field) => TIMES.has(field.at(-1)))) return type === 'string' ? TIME : Date.parse(TIME) / 1000;
  if (type === 'integer' || row.fields.some((field) => field.at(-1) === 'byteSize')) return 424_242;
  if (type === 'number') return 4242.25;
  if (type === 'boolean') return true;
  // Where every document of the inventory has null, a row that maps the path speaks of the values to come.
  if (type === 'null' && row.kept === 'raw') return null;
  if (type === 'array') return ['probe 8c1f'];
  return type === 'object' ? { probe: 'probe 8c1f' } : 'probe 8c1f';
}

function contextOf(scaffold: Scaffold, text: string): object {
  const isBelow = (above: string) => text === above || text.startsWith(`${above}.`) || text.startsWith(`${above}[`);
  return scaffold.contexts
    .filter(([above, path]) => isBelow(above) && path !== text)
    .reduce((document, [, path, value]) => put(scaffold, document, parsePath(path), value), scaffold.document);
}

function put({ message, probed }: Scaffold, document: object, path: Path, value: unknown): object {
  const written = withValue(document, path, value, (above, token) => {
    if (formatPath([...above, token]) === message) return probed;
    return token === '*' ? UNLISTED : '0';
  });
  return written as object;
}

function isOfMessage({ message }: Scaffold, path: Path): boolean {
  const container = parsePath(message);
  return container.every((token, index) => path[index] === token);
}

/** A path outside of messages can arrive in any of them. */
function holds(conversation: ParsedConversation, [root, ...field]: Path, wanted: unknown, isOfOne: boolean): boolean {
  const others = field[0] === 'parentExternalId' && typeof wanted === 'string' && wanted === 'probed';
  const owners =
    root === 'conversation'
      ? [conversation]
      : isOfOne && !others
        ? messagesWithMarker(conversation)
        : conversation.messages;
  return owners.some((owner) => valuesAt(owner, field).some((value) => isSame(value, wanted)));
}

function isSame(value: unknown, wanted: unknown): boolean {
  if (value instanceof Date) return value.getTime() === Date.parse(TIME);
  if (typeof value !== 'string') return isDeepStrictEqual(value, wanted);
  return typeof wanted === 'string' ? value.includes(wanted) : Array.isArray(wanted) && value === wanted.join('\n');
}

function isInRaw(scaffold: Scaffold, conversation: ParsedConversation, path: Path, value: unknown): boolean {
  const isEqual = (found: unknown) => isDeepStrictEqual(found, value);
  const own = path.map((token, index) => (token === '*' && index > 1 ? UNLISTED : token));
  if (!isOfMessage(scaffold, path)) return valuesAt(JSON.parse(conversation.raw), own).some(isEqual);
  const rest = own.slice(parsePath(scaffold.message).length);
  return messagesWithMarker(conversation).some(({ raw }) => valuesAt(JSON.parse(raw), rest).some(isEqual));
}

function messagesWithMarker({ messages }: ParsedConversation): ParsedMessage[] {
  return messages.filter(({ raw }) => raw.includes(MARKER));
}
