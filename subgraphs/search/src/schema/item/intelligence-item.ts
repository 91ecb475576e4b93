import type { IntelligenceItemResolvers } from '../../generated/resolvers.ts';
import { similarTo } from '../../similar/similar-to.ts';

export const IntelligenceItem: IntelligenceItemResolvers = {
  __resolveReference: ({ id }) => ({ __typename: 'IntelligenceItem', id }),
  similar: ({ id }, { first, minScore }, context) => similarTo(context, { id, kind: 'ITEM', first, minScore }),
};
