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

/** Pages of a list that hangs on a parent: as many queries per tick as there are different arguments, not parents. */
export interface PageLoader<Args, Row> {
  page(parentId: string, args: Args, request: PageRequest): Promise<Page<Row>>;
  total(parentId: string, args: Args): Promise<number>;
}

export function createPageLoader<Args, Row>(store: TenantStore, list: PagedList<Args, Row>): PageLoader<Args, Row> {
  const cacheKeyFn = (key: unknown) => JSON.stringify(key);
  const pages = new DataLoader<ListOf<Args> & { request: PageRequest }, Page<Row>, string>(
    (keys) =>
      inGroups(
        store,
        keys,
        ({ args, request }) => [args, request],
        (tx, parentIds, { args, request }) => pageOfEach(tx, list, args, parentIds, request),
      ),
    { cacheKeyFn },
  );
  const totals = new DataLoader<ListOf<Args>, number, string>(
    (keys) =>
      inGroups(
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

/** Runs one query per group of keys that differ in nothing but the parent; the results in the order of the keys. */
async function inGroups<Key extends { parentId: string }, Result>(
  store: TenantStore,
  keys: readonly Key[],
  groupOf: (key: Key) => unknown,
  query: (tx: TenantPrisma, parentIds: string[], key: Key) => Promise<Result[]>,
): Promise<(Result | Error)[]> {
  const groups = Map.groupBy(keys.keys(), (index) => JSON.stringify(keys[index] && groupOf(keys[index])));
  const results = new Array<Result | Error>(keys.length).fill(new Error('The query gave too few results.'));
  await store.read(async (tx) => {
    for (const indexes of groups.values()) {
      const members = indexes.flatMap((index) => keys[index] ?? []);
      const [first] = members;
      if (!first) continue;
      const found = await unlessCursorIsBad(() =>
        query(
          tx,
          members.map(({ parentId }) => parentId),
          first,
        ),
      );
      for (const [place, index] of indexes.entries()) {
        results[index] = (found instanceof Error ? found : found[place]) ?? (results[index] as Error);
      }
    }
  });
  return results;
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
