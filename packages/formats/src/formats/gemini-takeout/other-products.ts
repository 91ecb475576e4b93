import type { ParseIssue } from '../../model.ts';
import type { Activity } from './activity.ts';

const MAX_NAMED = 5;

/** Counts the activities of other products in a document; their number may be large, so they share one issue. */
export class OtherProducts {
  #count = 0;
  #first = '';
  readonly #names = new Set<string>();

  add({ product, location }: Activity): void {
    if (this.#count === 0) this.#first = location;
    this.#count++;
    if (this.#names.size < MAX_NAMED) this.#names.add(product.slice(0, 80));
  }

  /** At the first of them; null when there is none. */
  issue(): ParseIssue | null {
    if (this.#count === 0) return null;
    const names = [...this.#names].map((name) => JSON.stringify(name)).join(', ');
    const message = `${this.#count} activities of other products were left out, such as those of ${names}.`;
    return { code: 'NOT_A_CONVERSATION', location: this.#first, message };
  }
}
