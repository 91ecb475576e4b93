import { LimitExceededError } from '../errors.ts';
import type { ArchiveLimits } from '../limits.ts';
import type { ParseIssueCode } from '../model.ts';

type RecordLimits = Pick<ArchiveLimits, 'maxRecordBytes' | 'maxDepth' | 'maxMessages' | 'maxValues'>;

/** Why a record is not read: it has too many bytes, or too many levels of nesting. */
export interface Refusal {
  code: 'RECORD_TOO_LARGE' | 'RECORD_TOO_DEEP';
  /** Bytes of the record. */
  size: number;
  /** Levels of nesting, where these are too many. */
  depth: number;
}

/** What a record has too many of; counting stops at the limit. */
export type Excess = 'RECORD_TOO_MANY_MESSAGES' | 'RECORD_TOO_MANY_VALUES';

export function isExcess(code: ParseIssueCode): code is Excess {
  return code === 'RECORD_TOO_MANY_MESSAGES' || code === 'RECORD_TOO_MANY_VALUES';
}

/** In words: what came, and what is allowed. `what` is the record with its article, such as "The line". */
export function describeRefusal(
  what: string,
  { code, size, depth }: Refusal,
  limits: Pick<RecordLimits, 'maxRecordBytes' | 'maxDepth'>,
): string {
  return code === 'RECORD_TOO_DEEP'
    ? `${what} of ${size} bytes is nested ${depth} levels deep; at most ${limits.maxDepth} are read.`
    : `${what} has ${size} bytes; at most ${limits.maxRecordBytes} are read.`;
}

/** The refused records of an export, so that one of which nothing can be read is refused for what came. */
export class RefusedRecords {
  #leastBytes = Number.POSITIVE_INFINITY;
  #leastDepth = Number.POSITIVE_INFINITY;
  readonly #excesses = new Set<Excess>();
  count = 0;

  add({ code, size, depth }: Refusal): void {
    this.count++;
    if (code === 'RECORD_TOO_LARGE') this.#leastBytes = Math.min(this.#leastBytes, size);
    else this.#leastDepth = Math.min(this.#leastDepth, depth);
  }

  addExcess(code: Excess): void {
    this.count++;
    this.#excesses.add(code);
  }

  /** Throws the LimitExceededError of an export whose records are all refused; `what` names these, in the plural. */
  refuse(what: string, limits: RecordLimits): never {
    const { maxRecordBytes, maxDepth, maxMessages, maxValues } = limits;
    if (Number.isFinite(this.#leastBytes)) {
      const message = `Not one of the ${what} is within ${maxRecordBytes} bytes; the smallest has ${this.#leastBytes}.`;
      throw new LimitExceededError('LIMIT_EXCEEDED_RECORD', message, maxRecordBytes, this.#leastBytes);
    }
    if (this.#excesses.has('RECORD_TOO_MANY_MESSAGES')) {
      const message = `Not one of the ${what} is within ${maxMessages} messages.`;
      throw new LimitExceededError('LIMIT_EXCEEDED_MESSAGES', message, maxMessages);
    }
    if (this.#excesses.has('RECORD_TOO_MANY_VALUES')) {
      const message = `Not one of the ${what} is within ${maxValues} values.`;
      throw new LimitExceededError('LIMIT_EXCEEDED_VALUES', message, maxValues);
    }
    const message = `Not one of the ${what} is within ${maxDepth} levels of nesting; the flattest has ${this.#leastDepth}.`;
    throw new LimitExceededError('LIMIT_EXCEEDED_DEPTH', message, maxDepth, this.#leastDepth);
  }
}
