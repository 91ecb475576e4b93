import type {
  ConversationRecord,
  DeletionRecord,
  ItemRecord,
  MessageRecord,
  Page,
  RelationRecord,
  SessionRecord,
} from '@colloquy/database';
import { type EntityLoader, loadPresent } from '../loaders/entity-loader.ts';

/** A page whose entries are read; the length of the whole list is counted when somebody asks. */
export interface LoadedConnection<Row> {
  edges: { cursor: string; node: Row }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  total(): Promise<number>;
}

export type LoadedDeletions = LoadedConnection<DeletionRecord>;
export type LoadedConversations = LoadedConnection<ConversationRecord>;
export type LoadedItems = LoadedConnection<ItemRecord>;
export type LoadedMessages = LoadedConnection<MessageRecord>;
export type LoadedRelations = LoadedConnection<RelationRecord>;
export type LoadedSessions = LoadedConnection<SessionRecord>;
export type LoadedIssues = LoadedConnection<{ code: string; message: string; location: string }>;

/** The connection of a page that holds its rows itself. */
export function connectionOf<Row>(page: Page<Row>, total: () => Promise<number>): LoadedConnection<Row> {
  return {
    edges: page.entries.map((entry) => ({ cursor: entry.cursor, node: entry })),
    pageInfo: pageInfoOf(page),
    total,
  };
}

/** The connection of a page of ids; rows deleted since the page was read are left out. */
export async function entityConnection<Row extends { id: string }>(
  loader: EntityLoader<Row>,
  page: Page<{ id: string }>,
  total: () => Promise<number>,
): Promise<LoadedConnection<Row>> {
  const rows = await loadPresent(
    loader,
    page.entries.map(({ id }) => id),
  );
  const cursors = new Map(page.entries.map(({ id, cursor }) => [id, cursor]));
  const edges = rows.map((node) => ({ cursor: cursors.get(node.id) ?? '', node }));
  return { edges, pageInfo: pageInfoOf(page), total };
}

function pageInfoOf({ entries, hasNextPage, hasPreviousPage }: Page<unknown>): LoadedConnection<unknown>['pageInfo'] {
  const startCursor = entries.at(0)?.cursor ?? null;
  const endCursor = entries.at(-1)?.cursor ?? null;
  return { hasNextPage, hasPreviousPage, startCursor, endCursor };
}
