import type { MessageResolvers } from '../../generated/resolvers.ts';
import { similarTo } from '../../similar/similar-to.ts';

export const Message: MessageResolvers = {
  __resolveReference: ({ id }) => ({ __typename: 'Message', id }),
  similar: ({ id }, { first, minScore }, context) => similarTo(context, { id, kind: 'MESSAGE', first, minScore }),
};
