import { InvalidJsonError, LimitExceededError } from '../../errors.ts';
import type { ArchiveLimits } from '../../limits.ts';
import type { ParsedRecord } from '../../model.ts';

/** Counts the records of an archive, and knows whether one of them can be read. */
export class Tally {
  records = 0;
  hasReadable = false;
  #refused = 0;
  #broken = 0;

  /** `record` is null when the record was only counted. */
  count(record: ParsedRecord | null): void {
    this.records++;
    if (record === null) return;
    if (record.kind === 'conversation') this.hasReadable = true;
    else if (record.issue.code === 'INVALID_RECORD') this.#broken++;
    else if (record.issue.code.startsWith('RECORD_TOO_')) this.#refused++;
  }

  /** An import that ends well and holds nothing is the worst answer to a damaged file. Throws an ArchiveError. */
  refuseIfNothingCanBeRead({ maxRecordBytes, maxDepth }: ArchiveLimits): void {
    if (this.hasReadable || this.records === 0 || this.#refused + this.#broken < this.records) return;
    if (this.#refused === 0) throw new InvalidJsonError('Not one of the lists of messages is valid JSON.');
    const message = `Not one of the lists of messages is within ${maxRecordBytes} bytes and ${maxDepth} levels.`;
    throw new LimitExceededError('LIMIT_EXCEEDED_RECORD', message, maxRecordBytes);
  }
}
