import type { SearchHitResolvers, SearchNodeResolvers } from '../../generated/resolvers.ts';

export const SearchHit: SearchHitResolvers = {
  node: ({ ownerId, ownerKind }) => ({
    __typename: ownerKind === 'ITEM' ? 'IntelligenceItem' : 'Message',
    id: ownerId,
  }),
};

export const SearchNode: SearchNodeResolvers = {
  __resolveType: ({ __typename }) => __typename,
};
