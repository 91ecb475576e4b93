import { exportSize, findUpload } from '@colloquy/database';
import { toId } from '@colloquy/domain';
import { requireRole } from '../../access.ts';
import { ALL, EXPORT_PREFIX } from '../../export/route.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { uuidOf } from '../../ids.ts';
import { notFound } from '../errors/results.ts';

export const exportArchive: NonNullable<MutationResolvers['exportArchive']> = async (_, { input }, context) => {
  requireRole(context.viewer, 'READ_ONLY', 'export archives');
  const named = input.archiveId ?? null;
  const archiveId = named === null ? null : uuidOf('archive', named);
  const size = await context.store.transact(async (client) => {
    const known = named === null || (archiveId !== null && (await findUpload(client, archiveId)) !== null);
    return known ? exportSize(client, archiveId) : null;
  });
  if (size === null) return notFound(`There is no archive ${named}.`);
  return {
    __typename: 'ExportArchivePayload',
    url: `${EXPORT_PREFIX}${archiveId === null ? ALL : toId('archive', archiveId)}`,
    conversationCount: size.conversations,
    messageCount: size.messages,
  };
};
