import { isUtf8 } from 'node:buffer';
import { IssueLog } from '../conversation/issues.ts';
import { hasMoreValues } from '../json/count-values.ts';
import type { Extents } from '../json/extents.ts';
import {
  type PartSpan,
  type PartSpans,
  RecordSyntaxError,
  splitParts,
  TooManyPartsError,
} from '../json/part-splitter.ts';
import { asObject, type JsonObject } from '../json/values.ts';
import { type ArchiveLimits, DEFAULT_LIMITS } from '../limits.ts';
import type { ParseIssueCode } from '../model.ts';

/** A record that is no conversation: reported as an issue, and the next record is read. */
export class RecordRejected extends Error {
  override readonly name = 'RecordRejected';
  readonly code: ParseIssueCode;

  constructor(code: ParseIssueCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** One message of a record, as the vendor has it. */
export interface RecordPart {
  /** The key in an object of messages, the position in an array of them. */
  key: string | number;
  value: unknown;
  /** The source text of `value`. */
  raw: string;
  location: string;
  span: PartSpan;
}

/** One conversation of an export: its own members, and its messages apart. */
export interface ConversationRecord {
  location: string;
  log: IssueLog;
  /** The conversation without its messages. */
  shell: JsonObject;
  /** Null when the record has no container of messages. */
  container: 'object' | 'array' | null;
  /** Messages in the order of the file, each parsed on its own: one that is broken costs no other. */
  parts(): Generator<RecordPart>;
  /** The source text with the messages cut out, except the given ones. */
  shellText(keep: readonly RecordPart[]): string;
}

type PartLimits = Pick<ArchiveLimits, 'maxMessages' | 'maxValues'>;

/** The level of nesting of the parts of a record: the record is 1, the container at the end of the path is above them. */
export function levelOfParts(path: readonly string[]): number {
  return path.length + 2;
}

/** Takes a record apart; `extents` are those of its parts, where they are known. Throws RecordRejected when it is no JSON object, or is beyond a limit. */
export function openRecord(
  bytes: Buffer,
  path: readonly string[],
  location: string,
  limits: PartLimits = DEFAULT_LIMITS,
  extents: Extents | null = null,
): ConversationRecord {
  const log = new IssueLog();
  const spans = split(bytes, path, limits, extents);
  const shellText = (keep: readonly RecordPart[]) => withoutParts(bytes, spans, keep);
  const shell = asObject(parseShell(shellText([]), limits));
  if (shell === null) throw new RecordRejected('NOT_A_CONVERSATION', 'Expected a JSON object.');
  if (!isUtf8(bytes)) log.report('INVALID_UTF8', location, 'Bytes that are not UTF-8 were replaced by U+FFFD.');
  const base = `${location}.${path.join('.')}`;
  return {
    location,
    log,
    shell,
    container: spans.container,
    shellText,
    *parts() {
      for (const span of spans.parts) {
        const part = readPart(bytes, span, base, log, limits);
        if (part !== null) yield part;
      }
    },
  };
}

function split(
  bytes: Buffer,
  path: readonly string[],
  { maxMessages }: PartLimits,
  extents: Extents | null,
): PartSpans {
  try {
    return splitParts(bytes, path, maxMessages, extents);
  } catch (error) {
    if (error instanceof TooManyPartsError) {
      const message = `The conversation has more than ${maxMessages} messages.`;
      throw new RecordRejected('RECORD_TOO_MANY_MESSAGES', message, { cause: error });
    }
    if (!(error instanceof RecordSyntaxError)) throw error;
    throw new RecordRejected('INVALID_RECORD', error.message, { cause: error });
  }
}

function parseShell(text: string, { maxValues }: PartLimits): unknown {
  if (text.length > maxValues && hasMoreValues(Buffer.from(text), maxValues)) {
    const message = `The conversation around its messages has more than ${maxValues} values.`;
    throw new RecordRejected('RECORD_TOO_MANY_VALUES', message);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RecordRejected('INVALID_RECORD', messageOf(error), { cause: error });
  }
}

function readPart(
  bytes: Buffer,
  span: PartSpan,
  base: string,
  log: IssueLog,
  { maxValues }: PartLimits,
): RecordPart | null {
  const { key, start, end } = span;
  const location = `${base}[${JSON.stringify(key)}]`;
  if (hasMoreValues(bytes.subarray(start, end), maxValues)) {
    log.report('RECORD_TOO_MANY_VALUES', location, `The message has more than ${maxValues} values.`);
    return null;
  }
  const raw = bytes.toString('utf8', start, end);
  try {
    return { key, raw, location, span, value: JSON.parse(raw) };
  } catch (error) {
    log.report('INVALID_MESSAGE', location, messageOf(error));
    return null;
  }
}

/** The engine's message quotes the text around the fault; a short piece of it is enough. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 200);
}

function withoutParts(bytes: Buffer, { containers }: PartSpans, keep: readonly RecordPart[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end } of containers) {
    const kept = keep
      .filter(({ span }) => span.start > start && span.end < end)
      .map(({ span: { member } }) => bytes.toString('utf8', member.start, member.end));
    pieces.push(bytes.toString('utf8', from, start + 1), kept.join(', '));
    from = end - 1;
  }
  pieces.push(bytes.toString('utf8', from));
  return pieces.join('');
}
