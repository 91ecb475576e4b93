/** A moment in the life of a store, as the store counts time. */
export type Mark = number;

export interface Retention {
  readonly ttlSeconds: number;
  /** `invalidate` of any of them removes the entry. */
  readonly tags?: readonly string[];
  /**
   * When reading began what is now kept. An entry with a tag that was invalidated since is not kept: it may have been
   * read before the change that the invalidation tells of.
   */
  readonly since?: Mark;
}

/**
 * Text by key, for as long as there is room. It is a cache: a store that is away holds nothing and keeps nothing, and
 * only `invalidate` says so.
 */
export interface Store {
  get(key: string): string | undefined | Promise<string | undefined>;
  /** Now; undefined while the store is away. */
  mark(): Mark | undefined | Promise<Mark | undefined>;
  /** Does not wait for the entry to be kept. */
  set(key: string, value: string, retention: Retention): void;
  /** Removes the entries with any of the tags and says how many. Throws StoreUnavailableError of @colloquy/service. */
  invalidate(tags: readonly string[]): Promise<number>;
}
