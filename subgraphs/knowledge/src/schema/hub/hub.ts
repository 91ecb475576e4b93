import type { Hub as FoundHub } from '@colloquy/graph';
import type { GraphQLResolveInfo } from 'graphql';
import type { KnowledgeContext } from '../../context.ts';
import { MAX_FIRST, within } from '../../limits.ts';

interface Arguments {
  moreThan: number;
  first: number;
}

export function hubs(_root: unknown, { moreThan, first }: Arguments, context: KnowledgeContext) {
  within('moreThan', moreThan, 0);
  within('first', first, 1, MAX_FIRST);
  return context.ask((graph, tenantId) => graph.hubs(tenantId, { moreThan, first }));
}

export const Hub = {
  item: ({ itemId }: FoundHub, _args: unknown, context: KnowledgeContext, info: GraphQLResolveInfo) =>
    context.items.complete(itemId, info),
};
