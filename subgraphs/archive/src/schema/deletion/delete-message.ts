import type { MutationResolvers } from '../../generated/resolvers.ts';
import { uuidOf } from '../../ids.ts';
import { askToDelete } from '../deletion/request.ts';
import { notFound } from '../errors/results.ts';

export const deleteMessage: NonNullable<MutationResolvers['deleteMessage']> = async (_, { input }, context) => {
  const deletion = await askToDelete(context, 'MESSAGE', uuidOf('message', input.messageId));
  return deletion === null
    ? notFound(`There is no message ${input.messageId}.`)
    : { __typename: 'DeleteMessagePayload', deletion };
};
