import { createHash } from 'node:crypto';

/**
 * Names for messages whose vendor gives them none: a hash of what cannot change when the session grows. Equal messages
 * of one document are told apart by counting them, which holds because lines are only ever appended.
 */
export class DerivedIds {
  #document: string | null = null;
  readonly #counts = new Map<string, number>();

  /** `facts` are what makes the message itself, such as its time, role and text. */
  next(documentName: string, facts: readonly unknown[]): string {
    if (documentName !== this.#document) this.#counts.clear();
    this.#document = documentName;
    const hash = createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 40);
    const count = (this.#counts.get(hash) ?? 0) + 1;
    this.#counts.set(hash, count);
    return count === 1 ? `derived:${hash}` : `derived:${hash}:${count}`;
  }
}
