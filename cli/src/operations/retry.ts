import { z } from 'zod';
import type { Connection } from '../client/connection.ts';
import { request } from '../client/graphql.ts';
import { payloadOf, typedError } from './result.ts';
import { SESSION_FIELDS, type Session, session } from './session.ts';

const payload = z.object({ __typename: z.literal('RetryExtractionPayload'), session });
const operation = {
  document: `mutation Retry($input: RetryExtractionInput!) {
    retryExtraction(input: $input) {
      __typename ... on RetryExtractionPayload { session { ${SESSION_FIELDS} } } ... on Error { message code }
    }
  }`,
  data: z.object({ retryExtraction: z.union([payload, typedError]) }),
};

/** Takes a session up again. Throws a RefusedError when there is none, or it did not end as FAILED or CANCELLED. */
export async function retryExtraction(connection: Connection, sessionId: string): Promise<Session> {
  const { retryExtraction: result } = await request(connection, operation, { input: { sessionId } });
  return payloadOf<z.infer<typeof payload>>(result, 'RetryExtractionPayload').session;
}
