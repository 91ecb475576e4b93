import { InvalidJsonError } from '../../errors.ts';
import { RefusedRecords } from '../beyond-limits.ts';
import type { ReadContext } from '../reader.ts';
import type { ChatRecord } from './chat-records.ts';

/** The messages of an export that cannot be read. */
export class UnreadableMessages {
  readonly refused = new RefusedRecords();
  #damaged = 0;

  add({ refusal, issues }: Pick<ChatRecord, 'refusal' | 'issues'>): void {
    if (refusal !== null) this.refused.add(refusal);
    else this.#damaged += issues.length;
  }

  /**
   * Refuses an export in which messages were met and none could be read: an import that ends well and holds nothing is
   * the worst answer to a damaged export. Throws LimitExceededError or InvalidJsonError.
   */
  refuseExport({ limits }: ReadContext): void {
    if (this.refused.count > 0) this.refused.refuse('messages of the export', limits);
    if (this.#damaged > 0) throw new InvalidJsonError('Not one message of the export can be read.');
  }
}
