import { toId } from '@colloquy/domain';
import type { QueryResolvers } from '../../generated/resolvers.ts';

export const viewerQuery: NonNullable<QueryResolvers['viewer']> = async (_, _args, { viewer, store }) => {
  const { userId } = await store.scope();
  return { id: toId('user', userId), displayName: viewer.displayName, tenant: viewer.tenant, role: viewer.role };
};
