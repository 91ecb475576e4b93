import { z } from 'zod';
import { NotAllowedError, PlatformUnreachableError, RefusedError } from '../exit.ts';
import type { Connection } from './connection.ts';
import { errorFromFaults, type GraphqlFault, graphqlFault } from './faults.ts';
import { withPatience } from './patience.ts';

const REQUEST_LIMIT_MS = 60_000;
/** Answers of a proxy, or of a gateway that starts or drains. */
const TRANSIENT_STATUS = new Set([408, 429, 502, 503, 504]);

/** A document with the shape of its data. */
export interface Operation<T> {
  readonly document: string;
  readonly data: z.ZodType<T>;
}

/** An answer whose nullable parts may be missing; `faults` says why. */
export interface PartialAnswer<T> {
  data: T;
  faults: GraphqlFault[];
}

const answerShape = z.object({ data: z.unknown(), errors: z.array(graphqlFault).optional() });

/**
 * Sends one operation and gives its data. Any fault becomes a CliError: NotAllowedError, PartAwayError,
 * PlatformUnreachableError (after the connection's patience) or RefusedError with the platform's code.
 */
export async function request<T>(
  connection: Connection,
  operation: Operation<T>,
  variables: Record<string, unknown> = {},
): Promise<T> {
  return withPatience(async () => {
    const { data, faults } = await exchange(connection, operation.document, variables);
    if (hasAny(faults)) throw errorFromFaults(faults);
    return operation.data.parse(data);
  }, connection);
}

/** Like `request`, but a fault that costs only nullable fields is handed back with the data that there is. */
export async function requestPartial<T>(
  connection: Connection,
  operation: Operation<T>,
  variables: Record<string, unknown> = {},
): Promise<PartialAnswer<T>> {
  return withPatience(async () => {
    const { data, faults } = await exchange(connection, operation.document, variables);
    const parsed = operation.data.safeParse(data);
    if (parsed.success) return { data: parsed.data, faults };
    throw hasAny(faults) ? errorFromFaults(faults) : parsed.error;
  }, connection);
}

function hasAny(faults: GraphqlFault[]): faults is [GraphqlFault, ...GraphqlFault[]] {
  return faults.length > 0;
}

async function exchange(connection: Connection, query: string, variables: Record<string, unknown>) {
  const response = await send(connection, JSON.stringify({ query, variables }));
  const answer = answerShape.safeParse(parseJson(response.text));
  if (answer.success && (answer.data.data !== undefined || answer.data.errors?.length)) {
    return { data: answer.data.data, faults: answer.data.errors ?? [] };
  }
  if (response.status === 401 || response.status === 403) throw new NotAllowedError(`HTTP ${response.status}.`);
  if (TRANSIENT_STATUS.has(response.status)) {
    throw new PlatformUnreachableError(connection.url, `HTTP ${response.status}`);
  }
  throw new RefusedError(
    'UNEXPECTED_ANSWER',
    `${connection.url}/graphql answered with HTTP ${response.status} and no GraphQL result. Is COLLOQUY_URL a Colloquy gateway?`,
  );
}

async function send(connection: Connection, body: string): Promise<{ status: number; text: string }> {
  const token = await connection.token();
  const limit = AbortSignal.timeout(REQUEST_LIMIT_MS);
  try {
    const response = await fetch(`${connection.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${token}` },
      body,
      signal: connection.signal ? AbortSignal.any([limit, connection.signal]) : limit,
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    throw new PlatformUnreachableError(connection.url, networkReason(error), { cause: error });
  }
}

/** The reason of a failed request in a few words: the system's code where there is one. */
export function networkReason(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(inner instanceof Error)) return String(inner);
  const code = (inner as NodeJS.ErrnoException).code;
  return typeof code === 'string' ? code : inner.message || inner.name;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is an answer of something else than a GraphQL server; the caller judges it by its status.
    return undefined;
  }
}
