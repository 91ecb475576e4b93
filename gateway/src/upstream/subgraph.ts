import type { Log } from '@colloquy/service';
import type { TrafficConfig } from '../config/traffic.ts';
import type { FetchRequest, SubgraphAnswer } from '../executor/fetch.ts';
import { type BreakerState, createBreaker } from './breaker.ts';
import { createDeduplicator, sharingKey } from './deduplicate.ts';
import { SubgraphUnavailableError } from './errors.ts';
import { unavailabilityOf } from './failures.ts';
import { sendsCredentials, type WriteHeaders } from './header-rules.ts';
import { createHttpClient } from './http/client.ts';
import type { HttpAnswer } from './http/exchange.ts';
import { readReply } from './reply.ts';
import { retry } from './retry.ts';

export type { SubgraphAnswer } from '../executor/fetch.ts';

type SentHeaders = Readonly<Record<string, string>>;

/** A subgraph's address, the rules for what goes there, and its connections, which are kept alive. */
export interface Subgraph {
  readonly name: string;
  /** Of GraphQL over HTTP. */
  readonly url: URL;
  /** What a request, or a WebSocket's handshake, has as headers by the rules of the configuration. */
  readonly headers: WriteHeaders;
  /**
   * Sends one operation and gives its answer, which belongs to the caller. `signal` breaks off a query; a mutation is
   * not called off halfway. `caller` tells apart who asks, where requests are shared: it stands for the header with the
   * identity, which is signed anew for each operation. Throws SubgraphUnavailableError.
   */
  send(
    request: FetchRequest,
    headers: SentHeaders,
    signal: AbortSignal | undefined,
    caller?: string,
  ): Promise<SubgraphAnswer>;
  readonly breaker: { readonly state: BreakerState };
  /** Whether identical queries share a request. */
  readonly shares: boolean;
  /** Finishes what is under way. */
  close(): Promise<void>;
}

export interface SubgraphSettings {
  name: string;
  url: string;
  traffic: TrafficConfig;
  headers: WriteHeaders;
  /** The header with the signed identity. */
  identityHeader: string;
  maxAnswerBytes: number;
  /** Is called for each query that shares the request of another one. */
  shared(): void;
  log: Log;
}

export function createSubgraph(settings: SubgraphSettings): Subgraph {
  const { name, traffic, headers, identityHeader, maxAnswerBytes, shared, log } = settings;
  const url = new URL(settings.url);
  const client = createHttpClient(url, { connections: traffic.connections, maxBodyBytes: maxAnswerBytes });
  const breaker = createBreaker(traffic.breaker, (state) => {
    log[state === 'open' ? 'warn' : 'info']({ subgraph: name, state }, 'circuit breaker');
  });
  const deduplicator = traffic.deduplicate ? createDeduplicator(shared) : undefined;
  const retries = traffic.retry.retries > 0;
  const credentials = sendsCredentials(headers);

  const read = (answer: HttpAnswer) => readReply(answer, credentials);

  /** One fetch: attempts within the time limit, each through the breaker. */
  function ask(
    body: string,
    sent: SentHeaders,
    signal: AbortSignal | undefined,
    again: boolean,
  ): Promise<SubgraphAnswer> {
    const deadline = performance.now() + traffic.timeoutMilliseconds;
    const attempt = () =>
      breaker.run((probe) => {
        const milliseconds = Math.max(1, deadline - performance.now());
        return client.post(body, sent, { milliseconds, signal: probe ? undefined : signal }, read);
      });
    return again ? retry(attempt, traffic.retry, { deadline, signal }) : attempt();
  }

  function answer(
    request: FetchRequest,
    sent: SentHeaders,
    signal: AbortSignal | undefined,
    caller: string | undefined,
  ): Promise<SubgraphAnswer> {
    if (request.kind === 'mutation') return ask(request.body, sent, undefined, false);
    if (!deduplicator) return ask(request.body, sent, signal, retries);
    const query = (until: AbortSignal) => ask(request.body, sent, until, retries);
    const identity = caller === undefined ? undefined : { header: identityHeader, key: caller };
    return deduplicator.share(sharingKey(request, sent, identity), query, signal);
  }

  function fail(error: unknown): never {
    const outcome = unavailabilityOf(error);
    if (!outcome) throw error;
    throw new SubgraphUnavailableError(name, { cause: error, outcome });
  }

  return {
    name,
    url,
    headers,
    breaker,
    shares: traffic.deduplicate,
    send: (request, sent, signal, caller) => answer(request, sent, signal, caller).catch(fail),
    close: () => client.close(),
  };
}
