import type { MutationResolvers } from '../../generated/resolvers.ts';
import { uuidOf } from '../../ids.ts';
import { askToDelete } from '../deletion/request.ts';
import { notFound } from '../errors/results.ts';

export const deleteArchive: NonNullable<MutationResolvers['deleteArchive']> = async (_, { input }, context) => {
  const deletion = await askToDelete(context, 'ARCHIVE', uuidOf('archive', input.archiveId));
  return deletion === null
    ? notFound(`There is no archive ${input.archiveId}.`)
    : { __typename: 'DeleteArchivePayload', deletion };
};
