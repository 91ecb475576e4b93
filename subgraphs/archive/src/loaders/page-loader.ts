import {
  countOfEach,
  InvalidCursorError,
  type Page,
  type PagedList,
  type PageRequest,
  pageOfEach,
  type TenantPrisma,
} from '@colloquy/database';
import { BadUserInputError } from '@colloquy/service';
import DataLoader from 'dataloader';
import type { TenantStore } from '../tenant-store.ts';

interface ListOf<Args> {
  parentId: string;
  args: Args;
}
type PageOf<Args> = ListOf<Args> & { request: PageRequest };

/** Pages of a list that hangs on a parent: as many queries per tick as there are different arguments, not parents. */
export interface PageLoader<Args, Row> {
  page(parentId: string, args: Args, request: PageRequest): Promise<Page<Row>>;
  total(parentId: string, args: Args): Promise<number>;
}

export function createPageLoader<Args, Row>(store: TenantStore, list: PagedList<Args, Row>): PageLoader<Args, Row> {
  const cacheKeyFn = (key: unknown) => JSON.stringify(key);
  const pages = new DataLoader<PageOf<Args>, Page<Row>, string>(
    (keys) =>
      perGroup(
        store,
        keys,
        ({ args, request }) => [args, request],
        (tx, parentIds, { args, request }) => pageOfEach(tx, list, args, parentIds, request),
      ),
    { cacheKeyFn },
  );
  const totals = new DataLoader<ListOf<Args>, number, string>(
    (keys) =>
      perGroup(
        store,
        keys,
        ({ args }) => args,
        (tx, parentIds, { args }) => countOfEach(tx, list, args, parentIds),
      ),
    { cacheKeyFn },
  );
  return {
    page: (parentId, args, request) => pages.load({ parentId, args, request }),
    total: (parentId, args) => totals.load({ parentId, args }),
  };
}

/**
 * Runs one query per group of keys that differ in nothing but the parent. `query` gives a result for each of the
 * parents, in their order; so does this for the keys.
 */
async function perGroup<Key extends { parentId: string }, Result>(
  store: TenantStore,
  keys: readonly Key[],
  argumentsOf: (key: Key) => unknown,
  query: (tx: TenantPrisma, parentIds: string[], key: Key) => Promise<Result[]>,
): Promise<(Result | Error)[]> {
  const groups = Map.groupBy(keys, (key) => JSON.stringify(argumentsOf(key)));
  const results = new Map<Key, Result | Error>();
  await store.read(async (tx) => {
    for (const members of groups.values()) {
      const [first] = members as [Key, ...Key[]];
      const parentIds = members.map(({ parentId }) => parentId);
      const found = await unlessCursorIsBad(() => query(tx, parentIds, first));
      for (const [place, key] of members.entries())
        results.set(key, found instanceof Error ? found : (found[place] as Result));
    }
  });
  return keys.map((key) => results.get(key) as Result | Error);
}

/** A bad cursor is found before anything is asked of the database, so the other groups can go on. */
async function unlessCursorIsBad<T>(work: () => Promise<T>): Promise<T | Error> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InvalidCursorError) return new BadUserInputError(error.message, { argument: 'after' });
    throw error;
  }
}
