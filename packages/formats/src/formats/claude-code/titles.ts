import { asText, type JsonObject } from '../../json/values.ts';

/** Titles are short; a longer one is damage, and all of them are held while an archive is read. */
const MAX_LENGTH = 1000;
const MAX_TITLES = 200_000;

/**
 * Summaries name the last message they cover, and may stand in the file of another session: Claude Code writes those of
 * earlier sessions into the one that is open.
 */
export class Titles {
  readonly #byLeaf = new Map<string, string>();
  readonly #claimed = new Set<string>();

  observe(line: JsonObject): void {
    const [leaf, summary] = [asText(line.leafUuid), asText(line.summary)];
    if (line.type !== 'summary' || leaf === null || summary === null) return;
    if (leaf.length <= MAX_LENGTH && this.#byLeaf.size < MAX_TITLES)
      this.#byLeaf.set(leaf, summary.slice(0, MAX_LENGTH));
  }

  /** The title that ends at a message, or null. */
  endingAt(uuid: string): string | null {
    const title = this.#byLeaf.get(uuid) ?? null;
    if (title !== null) this.#claimed.add(uuid);
    return title;
  }

  /** The title that ends at a message of no session read so far, or null. */
  unclaimed(leafUuid: string): string | null {
    return this.#claimed.has(leafUuid) ? null : (this.#byLeaf.get(leafUuid) ?? null);
  }
}
