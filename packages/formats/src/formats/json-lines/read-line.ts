import { isUtf8 } from 'node:buffer';
import { InvalidJsonError } from '../../errors.ts';
import { isSpace } from '../../json/bytes.ts';
import { hasMoreValues } from '../../json/count-values.ts';
import { RecordSplitter } from '../../json/record-splitter.ts';
import { asObject, type JsonObject } from '../../json/values.ts';
import type { ArchiveLimits } from '../../limits.ts';
import type { ParseIssue, ParseIssueCode } from '../../model.ts';
import { describeRefusal, type Excess, type Refusal } from '../beyond-limits.ts';
import type { DocumentLine } from '../split-lines.ts';

/** One line that is a JSON object. */
export interface SessionLine {
  value: JsonObject;
  /** The line as it came. */
  raw: string;
  location: string;
  /** False when bytes of the line had to be replaced by U+FFFD. */
  isUtf8: boolean;
}

/** What a line of JSON Lines is. */
export type ReadLine =
  | { kind: 'blank' }
  | { kind: 'object'; line: SessionLine }
  /** `refused` when the line exceeds a limit, else it is broken. */
  | { kind: 'issue'; issue: ParseIssue; refused: Refusal | Excess | null };

type LineLimits = Pick<ArchiveLimits, 'maxRecordBytes' | 'maxDepth' | 'maxValues'>;

/** Parses one line; whatever is wrong with it is an issue and costs no other line. */
export function readLine({ bytes, size, location }: DocumentLine, limits: LineLimits): ReadLine {
  const broken = (message: string) => issueOf('INVALID_RECORD', location, message);
  if (bytes === null) {
    return refusedLine({ code: 'RECORD_TOO_LARGE', size, depth: 0 }, location, limits);
  }
  if (bytes.every(isSpace)) return { kind: 'blank' };
  try {
    const depth = excessiveDepth(bytes, limits);
    if (depth > 0) return refusedLine({ code: 'RECORD_TOO_DEEP', size, depth }, location, limits);
    if (hasMoreValues(bytes, limits.maxValues)) {
      const message = `The line has more than ${limits.maxValues} values.`;
      return { ...issueOf('RECORD_TOO_MANY_VALUES', location, message), refused: 'RECORD_TOO_MANY_VALUES' };
    }
    const raw = bytes.toString('utf8');
    const value = asObject(JSON.parse(raw));
    if (value === null) return issueOf('NOT_A_CONVERSATION', location, 'Expected a JSON object.');
    return { kind: 'object', line: { value, raw: raw.trim(), location, isUtf8: isUtf8(bytes) } };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof InvalidJsonError) return broken(error.message.slice(0, 200));
    throw error;
  }
}

/** The levels of a line that has more than are allowed, else 0; throws InvalidJsonError when its brackets do not match. */
function excessiveDepth(bytes: Uint8Array, limits: LineLimits): number {
  const splitter = new RecordSplitter({ kind: 'single' }, limits);
  splitter.collect = false;
  return splitter.push(bytes).reduce((deepest, { depth }) => Math.max(deepest, depth), 0);
}

function issueOf(code: ParseIssueCode, location: string, message: string): Extract<ReadLine, { kind: 'issue' }> {
  return { kind: 'issue', issue: { code, location, message }, refused: null };
}

function refusedLine(refused: Refusal, location: string, limits: LineLimits): ReadLine {
  const message = describeRefusal('The line', refused, limits);
  return { kind: 'issue', issue: { code: refused.code, location, message }, refused };
}
