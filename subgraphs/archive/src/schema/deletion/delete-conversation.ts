import type { MutationResolvers } from '../../generated/resolvers.ts';
import { uuidOf } from '../../ids.ts';
import { askToDelete } from '../deletion/request.ts';
import { notFound } from '../errors/results.ts';

export const deleteConversation: NonNullable<MutationResolvers['deleteConversation']> = async (
  _,
  { input },
  context,
) => {
  const deletion = await askToDelete(context, 'CONVERSATION', uuidOf('conversation', input.conversationId));
  return deletion === null
    ? notFound(`There is no conversation ${input.conversationId}.`)
    : { __typename: 'DeleteConversationPayload', deletion };
};
