import type { Evolution as Path } from '@colloquy/graph';
import type { GraphQLResolveInfo } from 'graphql';
import type { KnowledgeContext } from '../../context.ts';
import { MAX_FIRST, MAX_HOPS, within } from '../../limits.ts';

interface Arguments {
  from?: string | null;
  to?: string | null;
  maxHops: number;
  first: number;
}

export function evolutions(_root: unknown, { from, to, maxHops, first }: Arguments, context: KnowledgeContext) {
  const hops = within('maxHops', maxHops, 1, MAX_HOPS) as 1 | 2 | 3;
  within('first', first, 1, MAX_FIRST);
  return context.ask((graph, tenantId) =>
    graph.evolutions(tenantId, { from: from ?? null, to: to ?? null, maxHops: hops, first }),
  );
}

export const Evolution = {
  items: ({ itemIds }: Path, _args: unknown, context: KnowledgeContext, info: GraphQLResolveInfo) =>
    itemIds.map((id) => context.items.complete(id, info)),
};
