import { z } from 'zod';
import type { Connection } from '../client/connection.ts';
import { request } from '../client/graphql.ts';
import { RefusedError } from '../exit.ts';
import { payloadOf, typedError } from './result.ts';

export type Projection = 'GRAPH' | 'SEARCH';

const payload = z.object({ __typename: z.literal('RebuildProjectionPayload'), runId: z.string() });
const rebuild = {
  document: `mutation Rebuild($input: RebuildProjectionInput!) {
    rebuildProjection(input: $input) {
      __typename ... on RebuildProjectionPayload { runId } ... on Error { message code }
    }
  }`,
  data: z.object({ rebuildProjection: z.union([payload, typedError]) }),
};

/** Starts a rebuild and gives the id of its run. */
export async function rebuildProjection(connection: Connection, projection: Projection): Promise<string> {
  const { rebuildProjection: result } = await request(connection, rebuild, { input: { projection } });
  return payloadOf<z.infer<typeof payload>>(result, 'RebuildProjectionPayload').runId;
}

const run = z.object({
  id: z.string(),
  projection: z.string(),
  status: z.enum(['PENDING', 'PROCESSING', 'COMPLETED', 'FAILED']),
  done: z.number(),
  total: z.number().nullable(),
  waitingFor: z.string().nullable(),
  errorMessage: z.string().nullable(),
});
/** A rebuild under way; `done` and `total` count conversations. */
export type ProjectionRun = z.infer<typeof run>;

const readRun = {
  document: `query ProjectionRun($id: ID!) {
    projectionRun(id: $id) { id projection status done total waitingFor errorMessage }
  }`,
  data: z.object({ projectionRun: run.nullable() }),
};

/** The present state of a rebuild. */
export async function readProjectionRun(connection: Connection, id: string): Promise<ProjectionRun> {
  const { projectionRun } = await request(connection, readRun, { id });
  if (!projectionRun) throw new RefusedError('NOT_FOUND', `There is no rebuild ${id}.`);
  return projectionRun;
}
