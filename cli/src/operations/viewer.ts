import { z } from 'zod';
import type { Operation } from '../client/graphql.ts';

/** The cheapest question that needs a valid token and the relational store; the tenant exists once it is answered. */
export const viewerQuery: Operation<{ viewer: { id: string } | null }> = {
  document: 'query Viewer { viewer { id } }',
  data: z.object({ viewer: z.object({ id: z.string() }).nullable() }),
};
