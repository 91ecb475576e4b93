import type { Log } from '@colloquy/service';
import type { TrafficConfig } from '../config/traffic.ts';
import type { FetchRequest, SubgraphAnswer } from '../executor/fetch.ts';
import { type BreakerState, createBreaker } from './breaker.ts';
import { createDeduplicator, sharingKey } from './deduplicate.ts';
import { SubgraphUnavailableError } from './errors.ts';
import { unavailabilityOf } from './failures.ts';
import { sendsCredentials, type WriteHeaders } from './header-rules.ts';
import { createHttpClient } from './http/client.ts';
import { type Reply, readReply } from './reply.ts';
import { retry } from './retry.ts';

export type { SubgraphAnswer } from '../executor/fetch.ts';

/** Who asks, for queries that may share a request: `header` is signed anew for each of them, `key` is not. */
export interface SharingIdentity {
  readonly header: string;
  readonly key: string;
}

/** A subgraph's address, the rules for what goes there, and its connections, which are kept alive. */
export interface Subgraph {
  readonly name: string;
  /** Of GraphQL over HTTP. */
  readonly url: URL;
  /** What a request, or a WebSocket's handshake, has as headers by the rules of the configuration. */
  readonly headers: WriteHeaders;
  /**
   * Sends one operation and gives its answer, which belongs to the caller. `signal` breaks off a query; a mutation is
   * not called off halfway. Throws SubgraphUnavailableError.
   */
  send(
    request: FetchRequest,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
    identity?: SharingIdentity,
  ): Promise<SubgraphAnswer>;
  readonly breaker: { readonly state: BreakerState };
  /** Queries that shared the request of another one. */
  readonly joined: number;
  /** Finishes what is under way. */
  close(): Promise<void>;
}

export interface SubgraphSettings {
  name: string;
  url: string;
  traffic: TrafficConfig;
  headers: WriteHeaders;
  maxAnswerBytes: number;
  log: Log;
}

export function createSubgraph({ name, traffic, headers, maxAnswerBytes, log, ...given }: SubgraphSettings): Subgraph {
  const url = new URL(given.url);
  const client = createHttpClient(url, { connections: traffic.connections, maxBodyBytes: maxAnswerBytes });
  const breaker = createBreaker(traffic.breaker, (state) => {
    log[state === 'open' ? 'warn' : 'info']({ subgraph: name, state }, 'circuit breaker');
  });
  const deduplicator = traffic.deduplicate ? createDeduplicator() : undefined;
  const credentials = sendsCredentials(headers);

  /** One fetch: attempts within the time limit, each through the breaker. */
  function ask(body: string, sent: Readonly<Record<string, string>>, signal: AbortSignal | undefined, retries: number) {
    const deadline = performance.now() + traffic.timeoutMilliseconds;
    const attempt = () =>
      breaker.run(async (probe): Promise<Reply> => {
        const milliseconds = Math.max(1, deadline - performance.now());
        return readReply(
          await client.post(body, sent, { milliseconds, signal: probe ? undefined : signal }),
          credentials,
        );
      });
    return retries === 0 ? attempt() : retry(attempt, { ...traffic.retry, retries }, { deadline, signal });
  }

  async function answer(
    request: FetchRequest,
    sent: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
    identity: SharingIdentity | undefined,
  ): Promise<SubgraphAnswer> {
    if (request.kind === 'mutation') return (await ask(request.body, sent, undefined, 0)).answer;
    const query = (until: AbortSignal | undefined) => ask(request.body, sent, until, traffic.retry.retries);
    if (deduplicator) return deduplicator.share(sharingKey(request, sent, identity), query, signal);
    return (await query(signal)).answer;
  }

  return {
    name,
    url,
    headers,
    breaker,
    get joined() {
      return deduplicator?.joined ?? 0;
    },
    async send(request, sent, signal, identity) {
      try {
        return await answer(request, sent, signal, identity);
      } catch (error) {
        const outcome = unavailabilityOf(error);
        if (!outcome) throw error;
        throw new SubgraphUnavailableError(name, { cause: error, outcome });
      }
    },
    close: () => client.close(),
  };
}
