import { deletionList } from '@colloquy/database';
import { type DeletionKind, type EntityKind, toId } from '@colloquy/domain';
import { rootEntities } from '../../connection/field.ts';
import type { DeletionResolvers, QueryResolvers } from '../../generated/resolvers.ts';
import { uuidOf } from '../../ids.ts';
import { loadPresent } from '../../loaders/entity-loader.ts';

const SUBJECTS: Record<DeletionKind, EntityKind> = {
  ARCHIVE: 'archive',
  CONVERSATION: 'conversation',
  MESSAGE: 'message',
};

export const Deletion: DeletionResolvers = {
  __resolveReference: ({ id }, { loaders }) => {
    const uuid = uuidOf('deletion', id);
    return uuid === null ? null : loaders.deletion.load(uuid);
  },
  id: ({ id }) => toId('deletion', id),
  subjectId: ({ kind, subjectId }) => toId(SUBJECTS[kind], subjectId),
  requestedBy: ({ createdBy }) => toId('user', createdBy),
  counts: (row) => ({ ...row, objectBytes: Number(row.objectBytes) }),
  archives: ({ heldBy }, _, { loaders }) => loadPresent(loaders.archive, heldBy),
};

export const deletionQuery: NonNullable<QueryResolvers['deletion']> = (_, { id }, { loaders }) => {
  const uuid = uuidOf('deletion', id);
  return uuid === null ? null : loaders.deletion.load(uuid);
};

export const deletionsQuery: NonNullable<QueryResolvers['deletions']> = (_, args, context) =>
  rootEntities(context, deletionList, context.loaders.deletion, args, { kind: args.kind ?? null });
