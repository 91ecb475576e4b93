import { requestRebuild } from '@colloquy/database';
import { toId } from '@colloquy/domain';
import { requireRole } from '../../access.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';

export const rebuildProjection: NonNullable<MutationResolvers['rebuildProjection']> = async (
  _,
  { input },
  { viewer, store },
) => {
  requireRole(viewer, 'ADMINISTRATOR', 'rebuild projections');
  const runId = await store.transact((client, { userId }) => requestRebuild(client, input.projection, userId));
  return { __typename: 'RebuildProjectionPayload', runId: toId('run', runId) };
};
