import { Pool } from 'undici';
import { SubgraphUnavailableError } from './errors.ts';
import { readLimited } from './read-limited.ts';

export interface SubgraphRequest {
  query: string;
  variables: Record<string, unknown> | undefined;
  operationName: string | undefined;
}

export interface SubgraphAnswer {
  data?: Record<string, unknown> | null;
  errors?: readonly {
    message: string;
    path?: readonly (string | number)[];
    extensions?: Record<string, unknown>;
  }[];
}

/** A subgraph's address, and its connections, which are kept alive. */
export interface Subgraph {
  name: string;
  /** Of GraphQL over HTTP. */
  url: URL;
  /** Sends one operation. Throws SubgraphUnavailableError. */
  send(request: SubgraphRequest, headers: Record<string, string>, signal?: AbortSignal): Promise<SubgraphAnswer>;
  /** Finishes what is under way. */
  close(): Promise<void>;
}

const CONNECT_MILLISECONDS = 2000;

export function createSubgraph(options: {
  name: string;
  url: string;
  timeoutMilliseconds: number;
  maxAnswerBytes: number;
}): Subgraph {
  const { name, timeoutMilliseconds } = options;
  const url = new URL(options.url);
  const pool = new Pool(url.origin, { connections: 128, pipelining: 1, connect: { timeout: CONNECT_MILLISECONDS } });

  async function exchange(body: string, headers: Record<string, string>, signal: AbortSignal): Promise<SubgraphAnswer> {
    const answer = await pool.request({
      method: 'POST',
      path: `${url.pathname}${url.search}`,
      headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
      body,
      signal,
    });
    const text = await readLimited(answer.body, options.maxAnswerBytes);
    const parsed: unknown = JSON.parse(text);
    if (answer.statusCode === 401 || !isAnswer(parsed)) {
      throw new Error(`${name} answered ${answer.statusCode} with: ${text.slice(0, 300)}`);
    }
    return parsed;
  }

  return {
    name,
    url,
    async send(request, headers, signal) {
      const timeout = AbortSignal.timeout(timeoutMilliseconds);
      try {
        return await exchange(JSON.stringify(request), headers, signal ? AbortSignal.any([timeout, signal]) : timeout);
      } catch (error) {
        throw new SubgraphUnavailableError(name, { cause: error, ...(timeout.aborted && { code: 'SERVICE_TIMEOUT' }) });
      }
    },
    close: () => pool.close(),
  };
}

function isAnswer(value: unknown): value is SubgraphAnswer {
  if (typeof value !== 'object' || value === null) return false;
  const { data, errors } = value as Record<string, unknown>;
  return (typeof data === 'object' && data !== null) || Array.isArray(errors);
}
