import { BadUserInputError } from '@colloquy/service';
import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import type { KnowledgeContext } from '../../context.ts';
import type { ItemRow } from '../../items/library.ts';
import { aliasOf } from '../../items/read-document.ts';
import { RELATION_FIELDS, type RelationFieldName } from '../../items/relation-fields.ts';
import { MAX_FIRST, MAX_NESTING, within } from '../../limits.ts';

/** By id and only once: a symmetric relation may be stored in both directions. */
function distinct(rows: readonly ItemRow[]): ItemRow[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

const relation: GraphQLFieldResolver<ItemRow, KnowledgeContext, { first: number }> = (row, { first }, _, info) => {
  within('first', first, 1, MAX_FIRST);
  if (!row.projected) return null;
  const loaded = row[aliasOf(info.path.key)] as { edges: { node: ItemRow }[] } | undefined;
  if (!loaded) throw new BadUserInputError(`Items of the graph nest at most ${MAX_NESTING} deep.`);
  return distinct(loaded.edges.map(({ node }) => node)).slice(0, first);
};

const relations = Object.fromEntries(Object.keys(RELATION_FIELDS).map((field) => [field, relation])) as Record<
  RelationFieldName,
  typeof relation
>;

/** What the selection of `_entities` or of a root field has read already is handed out here; nothing is fetched. */
export const IntelligenceItem = {
  /** Unknown, another tenant's, and not projected yet are the same: null. */
  async __resolveReference(reference: { id: string }, context: KnowledgeContext, info: GraphQLResolveInfo) {
    const row = await context.items.load(String(reference.id), info);
    return row?.projected ? row : null;
  },
  ...relations,
  connectionCount: (row: ItemRow, _args: unknown, _context: KnowledgeContext, info: GraphQLResolveInfo) =>
    row.projected ? row[aliasOf(info.path.key)] : null,
};
