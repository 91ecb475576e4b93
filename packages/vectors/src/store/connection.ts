import weaviate, { type WeaviateClient } from 'weaviate-client';
import { VectorStoreUnavailableError } from '../errors.ts';
import { classifyFailure } from './failures.ts';

export interface ConnectionConfig {
  /** HTTP address, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** gRPC address, such as `http://127.0.0.1:50051`; `https` for TLS. */
  readonly grpcUrl: string;
  readonly apiKey?: string | undefined;
  /** Told when Weaviate goes away and when it is back. */
  readonly log?: ConnectionLog | undefined;
  /** Told of each exchange with Weaviate, by what it is for: to count them. */
  readonly onExchange?: ((what: string) => void) | undefined;
}

export interface ConnectionLog {
  warn(fields: object, message: string): void;
  info(message: string): void;
}

/** A read is given up after this time: before the gateway gives up the request (5 s), so that the client learns the reason. */
export const READ_MS = 4_000;
export const WRITE_MS = 30_000;
/** Less than the 2 s that a readiness check waits for all its parts. */
const READY_MS = 1_500;
/** A store that answered this short a time ago is asked at once; otherwise a cheap probe goes first. */
const TRUSTED_MS = 1_000;
/** A connection that failed may still serve other calls; it is closed when none can be under way. */
const RETIRE_MS = 60_000;

/**
 * A connection that never fails at the start and heals itself: the client is made without its start-up checks, and made
 * anew after a failure (a gRPC channel left alone waits up to two minutes before it dials again).
 */
export class Connection {
  readonly #config: ConnectionConfig;
  #client: Promise<WeaviateClient> | null = null;
  #answeredAt = Number.NEGATIVE_INFINITY;
  #away = false;
  readonly #retired = new Map<NodeJS.Timeout, WeaviateClient>();

  constructor(config: ConnectionConfig) {
    this.#config = config;
  }

  /**
   * Runs one exchange with Weaviate. Throws VectorStoreUnavailableError when it does not answer within `milliseconds`,
   * ProjectionMissingError when the collection or tenant is missing; other errors as they are.
   */
  async call<T>(what: string, milliseconds: number, exchange: Exchange<T>): Promise<T> {
    const signal = AbortSignal.timeout(milliseconds);
    try {
      if (performance.now() - this.#answeredAt > TRUSTED_MS) await this.#probe(signal);
      const client = await this.#connected();
      this.#config.onExchange?.(what);
      const result = await Promise.race([exchange(client, signal), rejectOn(signal)]);
      this.#answered();
      return result;
    } catch (error) {
      const failure = classifyFailure(error, what);
      if (failure instanceof VectorStoreUnavailableError) await this.#forget(failure);
      throw failure;
    }
  }

  /** Whether Weaviate says that it is ready; never throws. */
  async ready(): Promise<boolean> {
    try {
      await this.#probe(AbortSignal.timeout(READY_MS));
      return true;
    } catch {
      // The question is whether it answers; why it does not is in the errors of the calls that needed it.
      return false;
    }
  }

  async close(): Promise<void> {
    for (const [timer, client] of this.#retired) {
      clearTimeout(timer);
      await client.close();
    }
    this.#retired.clear();
    const client = await this.#client;
    this.#client = null;
    await client?.close();
  }

  /** A server that is gone refuses at once; one that hangs costs the time that the caller has. */
  async #probe(signal: AbortSignal): Promise<void> {
    const response = await fetch(new URL('/v1/.well-known/ready', this.#config.url), { signal });
    await response.body?.cancel();
    if (!response.ok) throw new VectorStoreUnavailableError(`Weaviate is not ready (${response.status}).`);
  }

  #connected(): Promise<WeaviateClient> {
    this.#client ??= connect(this.#config);
    return this.#client;
  }

  #answered(): void {
    this.#answeredAt = performance.now();
    if (this.#away) this.#config.log?.info('Weaviate answers again');
    this.#away = false;
  }

  async #forget(failure: VectorStoreUnavailableError): Promise<void> {
    if (!this.#away) this.#config.log?.warn({ err: failure.cause ?? failure }, 'Weaviate does not answer');
    this.#away = true;
    this.#answeredAt = Number.NEGATIVE_INFINITY;
    const failed = this.#client;
    this.#client = null;
    if (!failed) return;
    const client = await failed;
    const timer = setTimeout(() => {
      this.#retired.delete(timer);
      void client.close();
    }, RETIRE_MS);
    timer.unref();
    this.#retired.set(timer, client);
  }
}

export type Exchange<T> = (client: WeaviateClient, signal: AbortSignal) => Promise<T>;

function connect(config: ConnectionConfig): Promise<WeaviateClient> {
  const http = new URL(config.url);
  const grpc = new URL(config.grpcUrl);
  return weaviate.connectToCustom({
    httpHost: http.hostname,
    httpPort: portOf(http),
    httpSecure: http.protocol === 'https:',
    grpcHost: grpc.hostname,
    grpcPort: portOf(grpc),
    grpcSecure: grpc.protocol === 'https:',
    skipInitChecks: true,
    timeout: { init: READ_MS / 1000, query: READ_MS / 1000, insert: WRITE_MS / 1000 },
    ...(config.apiKey ? { authCredentials: new weaviate.ApiKey(config.apiKey) } : {}),
  });
}

function portOf(address: URL): number {
  if (address.port) return Number(address.port);
  return address.protocol === 'https:' ? 443 : 80;
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
