import { z } from 'zod';
import type { Connection } from '../client/connection.ts';
import { request } from '../client/graphql.ts';
import { payloadOf, typedError } from './result.ts';
import { SESSION_FIELDS, type Session, session } from './session.ts';

const payload = z.object({ __typename: z.literal('CancelExtractionPayload'), session });
const operation = {
  document: `mutation Cancel($input: CancelExtractionInput!) {
    cancelExtraction(input: $input) {
      __typename ... on CancelExtractionPayload { session { ${SESSION_FIELDS} } } ... on Error { message code }
    }
  }`,
  data: z.object({ cancelExtraction: z.union([payload, typedError]) }),
};

/** Stops a session. Throws a RefusedError when there is none, or nothing left to stop. */
export async function cancelExtraction(connection: Connection, sessionId: string): Promise<Session> {
  const { cancelExtraction: result } = await request(connection, operation, { input: { sessionId } });
  return payloadOf<z.infer<typeof payload>>(result, 'CancelExtractionPayload').session;
}
