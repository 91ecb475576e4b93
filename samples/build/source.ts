import { createHash } from 'node:crypto';

/** What a block of a source file is: a message, or something that belongs to the assistant's next message. */
export type BlockKind = 'system' | 'user' | 'assistant' | 'tool' | 'code' | 'thinking' | 'tool_use' | 'tool_result';

/** One block of a source file with its place in the conversation's tree. */
export interface SourceBlock {
  kind: BlockKind;
  text: string;
  attributes: Record<string, string>;
  /** Deterministic: follows from the conversation and the block's position. */
  uuid: string;
  /** The message it replies to; null for the first one. */
  parent: string | null;
  at: Date;
}

export interface SourceConversation {
  title: string;
  uuid: string;
  system: string | null;
  start: Date;
  blocks: SourceBlock[];
}

const HEADER = /^\[(system|user|assistant|tool|code|thinking|tool_use|tool_result)((?: [^\]]+)?)\]$/;
const ATTACHED: ReadonlySet<BlockKind> = new Set(['thinking', 'tool_use', 'tool_result']);

/**
 * Parses a source file: `key: value` lines, `---`, then blocks headed `[role attribute=value ...]`. `id=x` names a
 * message, `parent=x` makes a block reply to it instead of to the one before, `after=50h` lets time pass first.
 * Blocks of thinking and tools are no messages of their own: they come before the assistant's message they belong to.
 */
export function parseSource(text: string, name: string): SourceConversation {
  const [head = '', ...rest] = text.split(/^---$/m);
  const fields = Object.fromEntries(head.trim().split('\n').map((line) => splitAt(line, ': ')));
  if (!fields.title || !fields.start || !fields.id) throw new Error(`${name}: title, start and id are needed.`);
  const start = new Date(fields.start);
  const blocks: SourceBlock[] = [];
  const named = new Map<string, string>();
  let last: string | null = null;
  let at = start.getTime();
  for (const { kind, attributes, body } of splitBlocks(rest.join('---'), name)) {
    at += pause(attributes.after) ?? 20_000 + body.length * 90;
    const uuid = uuidOf(`${fields.id}/${blocks.length}`);
    const parent: string | null = attributes.parent ? (named.get(attributes.parent) ?? null) : last;
    if (attributes.parent && !parent) throw new Error(`${name}: no block has id=${attributes.parent}.`);
    blocks.push({ kind, text: body, attributes, uuid, parent, at: new Date(at) });
    if (attributes.id) named.set(attributes.id, uuid);
    if (!ATTACHED.has(kind)) last = uuid;
  }
  return { title: fields.title, uuid: uuidOf(`conversation/${fields.id}`), system: fields.system ?? null, start, blocks };
}

function splitBlocks(text: string, name: string) {
  const blocks: { kind: BlockKind; attributes: Record<string, string>; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const match = HEADER.exec(line);
    if (match) {
      const words = (match[2] ?? '').trim().split(/\s+/).filter(Boolean);
      const attributes = Object.fromEntries(words.map((word) => splitAt(word, '=')));
      blocks.push({ kind: match[1] as BlockKind, attributes, lines: [] });
    } else if (blocks.length > 0) blocks.at(-1)?.lines.push(line);
    else if (line.trim()) throw new Error(`${name}: text before the first block: ${line}`);
  }
  return blocks.map(({ kind, attributes, lines }) => ({ kind, attributes, body: lines.join('\n').trim() }));
}

const UNIT_MILLISECONDS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000 };

function pause(after: string | undefined): number | null {
  if (after === undefined) return null;
  return Number(after.slice(0, -1)) * (UNIT_MILLISECONDS[after.slice(-1)] ?? Number.NaN);
}

function splitAt(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, 'true'] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** A UUID (version 8: made by hashing) that is the same on every run. */
function uuidOf(name: string): string {
  const hex = createHash('sha256').update(`trailbook sample ${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
