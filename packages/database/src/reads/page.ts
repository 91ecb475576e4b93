import type { TenantPrisma } from '../connection/tenant.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { decodeCursor, encodeCursor, type KeyType } from './cursor.ts';

/** How much of a list, and from where. */
export interface PageRequest {
  first: number;
  /** Cursor of the last entry seen, or null for the beginning. */
  after: string | null;
}

export type PageEntry<Row> = Row & { cursor: string };

export interface Page<Row> {
  entries: PageEntry<Row>[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

/** A list that hangs on a parent row, or on nothing, in an order that its keys settle without ties. */
export interface PagedList<Args, Row> {
  /** Goes into the cursors, so that a cursor of another list is refused. */
  name: string;
  /** Columns that order the list; together they are unique within one parent. */
  keys: readonly { column: string; type: KeyType }[];
  direction: 'ASC' | 'DESC';
  /** Columns that make up `Row`; `id` for lists of entities. */
  columns: readonly (keyof Row & string)[];
  /** SELECT of the keys and columns of all entries; `parent.id` is the parent's UUID. */
  entries(args: Args): Prisma.Sql;
}

/** The parent of lists that have none. */
const NO_PARENT = '00000000-0000-0000-0000-000000000000';

type RawEntry = Record<string, unknown> & { position: number };

/** One page of the list for each parent, in the order of the parents, in one query. Throws InvalidCursorError. */
export async function pageOfEach<Args, Row>(
  tx: TenantPrisma,
  list: PagedList<Args, Row>,
  args: Args,
  parentIds: readonly string[],
  request: PageRequest,
): Promise<Page<Row>[]> {
  const rows = await tx.$queryRaw<RawEntry[]>(pageQuery(list, args, parentIds, request));
  const byParent = Map.groupBy(rows, ({ position }) => position);
  return parentIds.map((_, index) => toPage(list, byParent.get(index + 1) ?? [], request));
}

/** One page of a list that hangs on nothing. Throws InvalidCursorError. */
export async function pageOf<Args, Row>(
  tx: TenantPrisma,
  list: PagedList<Args, Row>,
  args: Args,
  request: PageRequest,
): Promise<Page<Row>> {
  const [page] = await pageOfEach(tx, list, args, [NO_PARENT], request);
  return page ?? toPage(list, [], request);
}

/** Length of the whole list for each parent, in the order of the parents, in one query. */
export async function countOfEach<Args, Row>(
  tx: TenantPrisma,
  list: PagedList<Args, Row>,
  args: Args,
  parentIds: readonly string[],
): Promise<number[]> {
  const rows = await tx.$queryRaw<{ total: number }[]>`
    SELECT (SELECT count(*)::int FROM (${list.entries(args)}) AS entry) AS total
    FROM ${parents(parentIds)} ORDER BY parent.position`;
  return rows.map(({ total }) => total);
}

/** Length of a list that hangs on nothing. */
export async function countOf<Args, Row>(tx: TenantPrisma, list: PagedList<Args, Row>, args: Args): Promise<number> {
  const [total] = await countOfEach(tx, list, args, [NO_PARENT]);
  return total ?? 0;
}

function parents(ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`unnest(${ids}::uuid[]) WITH ORDINALITY AS parent (id, position)`;
}

function pageQuery<Args, Row>(
  list: PagedList<Args, Row>,
  args: Args,
  parentIds: readonly string[],
  { first, after }: PageRequest,
): Prisma.Sql {
  const order = (alias: string) =>
    Prisma.raw(list.keys.map(({ column }) => `${alias}.${column} ${list.direction}`).join(', '));
  const columns = list.columns.map((column) => `page."${column}"`);
  const keys = list.keys.map(({ column }, index) => `page.${column}::text AS key_${index}`);
  // One entry more than asked for tells whether there is a next page.
  return Prisma.sql`
    SELECT parent.position::int AS position, ${Prisma.raw([...columns, ...keys].join(', '))}
    FROM ${parents(parentIds)}
    CROSS JOIN LATERAL (
      SELECT * FROM (${list.entries(args)}) AS entry
      WHERE ${afterCursor(list, after)}
      ORDER BY ${order('entry')} LIMIT ${first + 1}
    ) AS page
    ORDER BY parent.position, ${order('page')}`;
}

function afterCursor<Args, Row>(list: PagedList<Args, Row>, after: string | null): Prisma.Sql {
  if (after === null) return Prisma.sql`true`;
  const types = list.keys.map(({ type }) => type);
  const values = decodeCursor(list.name, types, after);
  const columns = Prisma.raw(list.keys.map(({ column }) => `entry.${column}`).join(', '));
  const bounds = Prisma.join(
    values.map((value, index) => Prisma.sql`${value}::text::${Prisma.raw(types[index] ?? 'text')}`),
  );
  return Prisma.sql`(${columns}) ${Prisma.raw(list.direction === 'DESC' ? '<' : '>')} (${bounds})`;
}

function toPage<Args, Row>(
  list: PagedList<Args, Row>,
  rows: readonly RawEntry[],
  { first, after }: PageRequest,
): Page<Row> {
  const entries = rows.slice(0, first).map((row) => {
    const columns = Object.fromEntries(list.columns.map((column) => [column, row[column]])) as Row;
    const keys = list.keys.map((_, index) => String(row[`key_${index}`]));
    return { ...columns, cursor: encodeCursor(list.name, keys) };
  });
  return { entries, hasNextPage: rows.length > first, hasPreviousPage: after !== null };
}
