import { countOf, InvalidCursorError, type PagedList, pageOf } from '@colloquy/database';
import { BadUserInputError } from '@colloquy/service';
import type { ArchiveContext } from '../context.ts';
import type { EntityLoader } from '../loaders/entity-loader.ts';
import type { PageLoader } from '../loaders/page-loader.ts';
import { connectionOf, entityConnection, type LoadedConnection } from './loaded-connection.ts';
import { pageRequest } from './page-arguments.ts';

interface PageArguments {
  first: number;
  after?: string | null;
}

/** A list of entities that hangs on a parent row. Throws BadUserInputError. */
export async function entitiesOf<Args, Row extends { id: string }>(
  pages: PageLoader<Args, { id: string }>,
  loader: EntityLoader<Row>,
  parentId: string,
  request: PageArguments,
  args: Args,
): Promise<LoadedConnection<Row>> {
  const page = await pages.page(parentId, args, pageRequest(request));
  return entityConnection(loader, page, () => pages.total(parentId, args));
}

/** A list of plain values that hangs on a parent row. Throws BadUserInputError. */
export async function valuesOf<Row>(
  pages: PageLoader<object, Row>,
  parentId: string,
  request: PageArguments,
): Promise<LoadedConnection<Row>> {
  const page = await pages.page(parentId, {}, pageRequest(request));
  return connectionOf(page, () => pages.total(parentId, {}));
}

/** A list of entities that hangs on nothing. Throws BadUserInputError. */
export async function rootEntities<Args, Row extends { id: string }>(
  { store }: ArchiveContext,
  list: PagedList<Args, { id: string }>,
  loader: EntityLoader<Row>,
  request: PageArguments,
  args: Args,
): Promise<LoadedConnection<Row>> {
  const asked = pageRequest(request);
  const page = await store
    .read((tx) => pageOf(tx, list, args, asked))
    .catch((error: unknown) => {
      if (error instanceof InvalidCursorError) throw new BadUserInputError(error.message, { argument: 'after' });
      throw error;
    });
  return entityConnection(loader, page, () => store.read((tx) => countOf(tx, list, args)));
}

/** Resolvers of every connection type: the rest are plain properties. */
export const connectionResolvers = {
  totalCount: (connection: LoadedConnection<unknown>) => connection.total(),
};
