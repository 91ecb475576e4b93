import { LimitExceededError } from '../errors.ts';
import type { ArchiveLimits } from '../limits.ts';

type RecordLimits = Pick<ArchiveLimits, 'maxRecordBytes' | 'maxDepth'>;

/** Why a record is not read: it has too many bytes, or too many levels of nesting. */
export interface Refusal {
  code: 'RECORD_TOO_LARGE' | 'RECORD_TOO_DEEP';
  /** Bytes of the record. */
  size: number;
  /** Levels of nesting, where these are too many. */
  depth: number;
}

/** In words: what came, and what is allowed. `what` is the record with its article, such as "The line". */
export function describeRefusal(what: string, { code, size, depth }: Refusal, limits: RecordLimits): string {
  return code === 'RECORD_TOO_DEEP'
    ? `${what} of ${size} bytes is nested ${depth} levels deep; at most ${limits.maxDepth} are read.`
    : `${what} has ${size} bytes; at most ${limits.maxRecordBytes} are read.`;
}

/** The refused records of an export, so that one of which nothing can be read is refused for what came. */
export class RefusedRecords {
  #leastBytes = Number.POSITIVE_INFINITY;
  #leastDepth = Number.POSITIVE_INFINITY;
  count = 0;

  add({ code, size, depth }: Refusal): void {
    this.count++;
    if (code === 'RECORD_TOO_LARGE') this.#leastBytes = Math.min(this.#leastBytes, size);
    else this.#leastDepth = Math.min(this.#leastDepth, depth);
  }

  /** Throws the LimitExceededError of an export whose records are all refused; `what` names these, in the plural. */
  refuse(what: string, { maxRecordBytes, maxDepth }: RecordLimits): never {
    if (Number.isFinite(this.#leastBytes)) {
      const message = `Not one of the ${what} is within ${maxRecordBytes} bytes; the smallest has ${this.#leastBytes}.`;
      throw new LimitExceededError('LIMIT_EXCEEDED_RECORD', message, maxRecordBytes, this.#leastBytes);
    }
    const message = `Not one of the ${what} is within ${maxDepth} levels of nesting; the flattest has ${this.#leastDepth}.`;
    throw new LimitExceededError('LIMIT_EXCEEDED_DEPTH', message, maxDepth, this.#leastDepth);
  }
}
