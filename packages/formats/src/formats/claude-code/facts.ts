import { pick } from '../../conversation/storable.ts';
import { asText, type JsonObject } from '../../json/values.ts';
import type { Titles } from './titles.ts';

const FIELDS = ['cwd', 'gitBranch', 'version', 'entrypoint', 'userType', 'slug', 'forkedFrom', 'teamName'];

/** What the lines of a session say about it as a whole. */
export class SessionFacts {
  readonly #titles: Titles;
  #fields: Record<string, unknown> = {};
  readonly #branches = new Set<string>();
  /** The messages at which the summaries among the session's lines end. */
  readonly #leaves = new Set<string>();
  /** Given by a person, by the model, and by a summary that ends at a message of this session. */
  #chosen: string | null = null;
  #generated: string | null = null;
  #summary: string | null = null;

  constructor(titles: Titles) {
    this.#titles = titles;
  }

  /** Takes what one line says; of fields that change the first value counts, of titles the last. */
  take(line: JsonObject): void {
    this.#fields = { ...pick(line, FIELDS), ...this.#fields };
    const [branch, uuid] = [asText(line.gitBranch), asText(line.uuid)];
    if (branch !== null) this.#branches.add(branch);
    if (uuid !== null) this.#summary = this.#titles.endingAt(uuid) ?? this.#summary;
    if (line.type === 'summary') this.#leaves.add(asText(line.leafUuid) ?? '');
    if (line.type === 'custom-title') this.#chosen = asText(line.customTitle) ?? this.#chosen;
    if (line.type === 'ai-title') this.#generated = asText(line.aiTitle) ?? this.#generated;
  }

  /** Called once, after the last line. */
  settle(): { title: string | null; metadata: Record<string, unknown> } {
    const title = this.#chosen ?? this.#generated ?? this.#summary;
    const inferred = title === null ? this.#strayTitle() : null;
    const gitBranches = [...this.#branches];
    return {
      title: title ?? inferred,
      metadata: {
        ...this.#fields,
        ...(gitBranches.length > 1 ? pick({ gitBranches }, ['gitBranches']) : {}),
        ...(inferred === null ? {} : { titleInferred: true }),
      },
    };
  }

  /** A single summary that ends in no session here is of the one that this session goes on with. */
  #strayTitle(): string | null {
    const [leaf, ...more] = this.#leaves;
    return leaf !== undefined && more.length === 0 ? this.#titles.unclaimed(leaf) : null;
  }
}
