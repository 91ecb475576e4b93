import { isUtf8 } from 'node:buffer';
import { InvalidJsonError } from '../../errors.ts';
import { isSpace } from '../../json/bytes.ts';
import { RecordSplitter } from '../../json/record-splitter.ts';
import { asObject, type JsonObject } from '../../json/values.ts';
import type { ArchiveLimits } from '../../limits.ts';
import type { ParseIssue, ParseIssueCode } from '../../model.ts';
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
  | { kind: 'issue'; issue: ParseIssue; refused: boolean };

type LineLimits = Pick<ArchiveLimits, 'maxRecordBytes' | 'maxDepth'>;

/** Parses one line; whatever is wrong with it is an issue and costs no other line. */
export function readLine({ bytes, size, location }: DocumentLine, limits: LineLimits): ReadLine {
  const broken = (message: string) => issueOf('INVALID_RECORD', location, message, false);
  if (bytes === null) {
    const message = `The line of ${size} bytes exceeds ${limits.maxRecordBytes} bytes.`;
    return issueOf('RECORD_TOO_LARGE', location, message, true);
  }
  if (bytes.every(isSpace)) return { kind: 'blank' };
  try {
    if (isTooDeep(bytes, limits)) {
      return issueOf('RECORD_TOO_DEEP', location, `The line is nested deeper than ${limits.maxDepth} levels.`, true);
    }
    const raw = bytes.toString('utf8');
    const value = asObject(JSON.parse(raw));
    if (value === null) return issueOf('NOT_A_CONVERSATION', location, 'Expected a JSON object.', false);
    return { kind: 'object', line: { value, raw: raw.trim(), location, isUtf8: isUtf8(bytes) } };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof InvalidJsonError) return broken(error.message.slice(0, 200));
    throw error;
  }
}

/** Whether the line has more levels than allowed; throws InvalidJsonError when its brackets do not match. */
function isTooDeep(bytes: Uint8Array, limits: LineLimits): boolean {
  const splitter = new RecordSplitter({ kind: 'single' }, limits);
  splitter.collect = false;
  return splitter.push(bytes).some(({ refusal }) => refusal === 'RECORD_TOO_DEEP');
}

function issueOf(code: ParseIssueCode, location: string, message: string, refused: boolean): ReadLine {
  return { kind: 'issue', issue: { code, location, message }, refused };
}
