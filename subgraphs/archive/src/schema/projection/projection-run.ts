import { toId } from '@colloquy/domain';
import type { ProjectionRunResolvers, QueryResolvers } from '../../generated/resolvers.ts';
import { uuidOf } from '../../ids.ts';

export const ProjectionRun: ProjectionRunResolvers = {
  id: ({ id }) => toId('run', id),
};

export const projectionRunQuery: NonNullable<QueryResolvers['projectionRun']> = (_, { id }, { loaders }) => {
  const uuid = uuidOf('run', id);
  return uuid === null ? null : loaders.run.load(uuid);
};
