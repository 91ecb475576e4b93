import { InvalidJsonError } from '../../errors.ts';
import type { ArchiveLimits } from '../../limits.ts';
import type { ParsedRecord } from '../../model.ts';
import { type Refusal, RefusedRecords } from '../beyond-limits.ts';

/** Counts the records of an archive, and knows whether one of them can be read. */
export class Tally {
  records = 0;
  hasReadable = false;
  readonly #refused = new RefusedRecords();
  #broken = 0;

  /** `record` is null when the record was only counted; `refusal` says why it is beyond a limit. */
  count(record: ParsedRecord | null, refusal: Refusal | null): void {
    this.records++;
    if (record === null) return;
    if (record.kind === 'conversation') this.hasReadable = true;
    else if (record.issue.code === 'INVALID_RECORD') this.#broken++;
    else if (refusal !== null) this.#refused.add(refusal);
  }

  /** An import that ends well and holds nothing is the worst answer to a damaged file. Throws an ArchiveError. */
  refuseIfNothingCanBeRead(limits: ArchiveLimits): void {
    if (this.hasReadable || this.records === 0 || this.#refused.count + this.#broken < this.records) return;
    if (this.#refused.count === 0) throw new InvalidJsonError('Not one of the lists of messages is valid JSON.');
    this.#refused.refuse('lists of messages', limits);
  }
}
