import { type Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { z } from 'zod';
import { CliError, NotAllowedError, PlatformUnreachableError, RefusedError } from '../exit.ts';
import type { Connection } from './connection.ts';
import { errorFromFaults, graphqlFault } from './faults.ts';

/** A socket that says nothing, not even to a ping, for this long is taken for dead. */
const PING_INTERVAL_MS = 10_000;
const PONG_LIMIT_MS = 10_000;
const ACK_LIMIT_MS = 15_000;
/** Close codes after which the same attempt cannot end better: bad request, subprotocol, client error. */
const FATAL_CLOSE_CODES = new Set([4004, 4005, 4400, 4406, 4409, 4429]);

const faultList = z.tuple([graphqlFault], graphqlFault);

/**
 * The values of a subscription over one WebSocket, until the server completes it. It never reconnects: a lost socket is
 * a PlatformUnreachableError, and only the caller knows from where to go on.
 */
export async function* subscribeOnce(
  connection: Connection,
  document: string,
  variables: Record<string, unknown>,
): AsyncGenerator<unknown, void, undefined> {
  const state = { acknowledged: false };
  const client = openSocket(connection, state);
  const hangUp = () => client.terminate();
  connection.signal?.addEventListener('abort', hangUp);
  try {
    connection.signal?.throwIfAborted();
    for await (const answer of client.iterate<Record<string, unknown>>({ query: document, variables })) {
      const faults = faultList.safeParse(answer.errors);
      if (faults.success && !hasData(answer.data)) throw errorFromFaults(faults.data);
      yield answer.data;
    }
  } catch (error) {
    throw classify(error, connection, state.acknowledged);
  } finally {
    connection.signal?.removeEventListener('abort', hangUp);
    await client.dispose();
  }
}

function openSocket(connection: Connection, state: { acknowledged: boolean }): Client {
  let pongTimer: NodeJS.Timeout | undefined;
  const client = createClient({
    url: `${connection.url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: async () => ({ authorization: `Bearer ${await connection.token()}` }),
    retryAttempts: 0,
    connectionAckWaitTimeout: ACK_LIMIT_MS,
    keepAlive: PING_INTERVAL_MS,
    on: {
      connected: () => {
        state.acknowledged = true;
      },
      ping: (received) => {
        if (!received) pongTimer = setTimeout(() => client.terminate(), PONG_LIMIT_MS);
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer);
      },
      closed: () => clearTimeout(pongTimer),
    },
  });
  return client;
}

function hasData(data: unknown): boolean {
  return typeof data === 'object' && data !== null && Object.values(data).some((value) => value !== null);
}

function classify(error: unknown, connection: Connection, acknowledged: boolean): unknown {
  if (error instanceof CliError) return error;
  const faults = faultList.safeParse(error);
  if (faults.success) return errorFromFaults(faults.data);
  const { code, reason, message } = describe(error);
  if (code === 4401 || /\b(401|403)\b/.test(message)) return new NotAllowedError(reason || 'it is not valid.');
  // A token that expires while the socket is open is answered with 4403; a new connection brings a new token.
  if (code === 4403 && !acknowledged) return new NotAllowedError(reason || 'it is not valid.');
  if (code !== undefined && FATAL_CLOSE_CODES.has(code)) {
    return new RefusedError('CONNECTION_REFUSED', `The platform closed the connection: ${code} ${reason}`);
  }
  return new PlatformUnreachableError(
    connection.url,
    message || `the connection closed: ${code ?? ''} ${reason}`.trim(),
  );
}

/** graphql-ws hands on whatever ended the socket: a close event, an error event or an Error. */
function describe(error: unknown): { code: number | undefined; reason: string; message: string } {
  const shape = z.object({
    code: z.union([z.number(), z.string()]).optional(),
    reason: z.string().optional(),
    message: z.string().optional(),
  });
  const parsed = typeof error === 'object' && error !== null ? shape.safeParse({ ...pick(error) }) : undefined;
  if (!parsed?.success) return { code: undefined, reason: '', message: String(error) };
  const { code, reason = '', message = '' } = parsed.data;
  return { code: typeof code === 'number' ? code : undefined, reason, message };
}

/** The fields of an event are getters of its prototype, which neither spreading nor parsing sees. */
function pick(error: object): Record<string, unknown> {
  return Object.fromEntries(['code', 'reason', 'message'].map((key) => [key, Reflect.get(error, key)]));
}
