import { sessionList } from '@colloquy/database';
import { toId } from '@colloquy/domain';
import { entitiesOf, rootEntities, valuesOf } from '../../connection/field.ts';
import type { ExtractionSessionResolvers, QueryResolvers } from '../../generated/resolvers.ts';
import { uuidOf } from '../../ids.ts';
import { loadExisting } from '../../loaders/entity-loader.ts';

export const ExtractionSession: ExtractionSessionResolvers = {
  __resolveReference: ({ id }, { loaders }) => {
    const uuid = uuidOf('session', id);
    return uuid === null ? null : loaders.session.load(uuid);
  },
  id: ({ id }) => toId('session', id),
  archive: ({ archiveId }, _, { loaders }) => loadExisting(loaders.archive, archiveId),
  platform: ({ platformId }, _, { loaders }) =>
    platformId === null ? null : loadExisting(loaders.platform, platformId),
  conversations: ({ id }, args, { loaders }) =>
    entitiesOf(loaders.sessionConversations, loaders.conversation, id, args, {}),
  items: ({ id }, args, { loaders }) => entitiesOf(loaders.sessionItems, loaders.item, id, args, {}),
  issues: ({ id }, args, { loaders }) => valuesOf(loaders.sessionIssues, id, args),
};

export const extractionSessionQuery: NonNullable<QueryResolvers['extractionSession']> = (_, { id }, { loaders }) => {
  const uuid = uuidOf('session', id);
  return uuid === null ? null : loaders.session.load(uuid);
};

export const extractionSessionsQuery: NonNullable<QueryResolvers['extractionSessions']> = (_, args, context) =>
  rootEntities(context, sessionList, context.loaders.session, args, { status: args.status ?? null });
