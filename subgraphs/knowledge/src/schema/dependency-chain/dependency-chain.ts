import type { DependencyChain as Chain } from '@colloquy/graph';
import type { GraphQLResolveInfo } from 'graphql';
import type { KnowledgeContext } from '../../context.ts';
import { MAX_DEPTH, MAX_FIRST, within } from '../../limits.ts';

interface Arguments {
  of: string;
  maxDepth: number;
  first: number;
}

export function dependencyChains(_root: unknown, { of, maxDepth, first }: Arguments, context: KnowledgeContext) {
  within('maxDepth', maxDepth, 1, MAX_DEPTH);
  within('first', first, 1, MAX_FIRST);
  return context.ask((graph, tenantId) => graph.dependencyChains(tenantId, { of, maxDepth, first }));
}

export const DependencyChain = {
  items: ({ itemIds }: Chain, _args: unknown, context: KnowledgeContext, info: GraphQLResolveInfo) =>
    itemIds.map((id) => context.items.complete(id, info)),
};
