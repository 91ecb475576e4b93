import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type Log, maskError } from '@colloquy/service';
import type { GraphQLFormattedError } from 'graphql';
import type { Callers, Claims } from '../../access/claims.ts';
import { OperationError, type OperationRequest } from '../../operation/operation.ts';
import { headersOfSocket } from '../../upstream/header-rules.ts';
import type { Operate } from '../operate.ts';
import type { Subscription } from '../sink.ts';
import { CLOSE, type Close, readMessage } from './messages.ts';

/** The socket below a connection. */
export interface Wire {
  send(text: string): void;
  close(close: Close): void;
  /** More was sent than the client has taken; `Connection.ready()` is called once it has. */
  readonly full: boolean;
}

/** What all connections have in common. */
export interface ConnectionOptions {
  /** Verifies what a client says of itself in `connection_init`; undefined when it is refused. */
  admit(payload: Readonly<Record<string, unknown>>, headers: IncomingHttpHeaders): Promise<Admitted | undefined>;
  operate: Operate;
  callers: Callers;
  operationsPerSocket: number;
  /** Told of queries and mutations, and of subscriptions until they are open. */
  underWay: Set<Promise<unknown>>;
  log: Log;
}

export interface Admitted {
  readonly claims: Claims | null;
}

type Phase = 'new' | 'initialising' | 'ready' | 'closed';

/** An operation of a connection: under way, until it is a subscription that is open. */
interface Running {
  abort: AbortController | undefined;
  subscription: Subscription | undefined;
}

/** One client's side of graphql-transport-ws, whatever carries it. */
export class Connection {
  phase: Phase = 'new';
  claims: Claims | null = null;
  readonly #wire: Wire;
  readonly #options: ConnectionOptions;
  readonly #operations = new Map<string, Running>();
  #headers: IncomingHttpHeaders;

  constructor(wire: Wire, headers: IncomingHttpHeaders, options: ConnectionOptions) {
    this.#wire = wire;
    this.#headers = headers;
    this.#options = options;
  }

  get idle(): boolean {
    return this.#operations.size === 0;
  }

  receive(text: string): void {
    if (this.phase === 'closed') return;
    const message = readMessage(text);
    switch (message?.type) {
      case undefined:
        this.#close(CLOSE.invalidMessage);
        break;
      case 'connection_init':
        if (this.phase === 'new') void this.#initialise(message.payload ?? {});
        else this.#close(CLOSE.initAgain);
        break;
      case 'ping':
        this.#wire.send(JSON.stringify({ type: 'pong', payload: message.payload }));
        break;
      case 'pong':
        break;
      case 'subscribe':
        this.#subscribe(message.id, message.payload);
        break;
      case 'complete':
        this.#stop(message.id);
        break;
    }
  }

  /** The client has taken what was sent. */
  ready(): void {
    for (const { subscription } of this.#operations.values()) {
      if (this.#wire.full) return;
      subscription?.ready();
    }
  }

  /** The socket is closed. */
  closed(): void {
    this.phase = 'closed';
    for (const id of [...this.#operations.keys()]) this.#stop(id);
  }

  async #initialise(payload: Readonly<Record<string, unknown>>): Promise<void> {
    const { admit, log } = this.#options;
    this.phase = 'initialising';
    try {
      const admitted = await admit(payload, this.#headers);
      if (this.phase !== 'initialising') return;
      if (!admitted) {
        this.#close(CLOSE.unauthorized);
        return;
      }
      this.claims = admitted.claims;
      this.#headers = headersOfSocket(this.#headers, payload);
      this.phase = 'ready';
      this.#wire.send('{"type":"connection_ack"}');
    } catch (error) {
      log.error({ err: error }, 'a token could not be verified');
      this.#close(CLOSE.internal);
    }
  }

  #subscribe(id: string, request: OperationRequest): void {
    if (this.phase !== 'ready') this.#close(CLOSE.unauthorized);
    else if (this.#operations.has(id)) this.#close(CLOSE.idInUse);
    else if (this.#operations.size >= this.#options.operationsPerSocket) this.#fail(id, TOO_MANY);
    else this.#begin(id, request);
  }

  #begin(id: string, request: OperationRequest): void {
    const running: Running = { abort: new AbortController(), subscription: undefined };
    this.#operations.set(id, running);
    const { underWay } = this.#options;
    const done = this.#operate(id, request, running).finally(() => underWay.delete(done));
    underWay.add(done);
  }

  async #operate(id: string, request: OperationRequest, running: Running): Promise<void> {
    const requestId = randomUUID();
    const { operate, callers, log } = this.#options;
    try {
      const result = await operate(request, {
        requestId,
        caller: callers(this.claims),
        signal: running.abort?.signal ?? AbortSignal.abort(),
        headers: this.#headers,
        readOnly: false,
        streams: true,
      });
      if (this.#operations.get(id) !== running) return;
      running.abort = undefined;
      if (result.kind === 'answer') {
        this.#operations.delete(id);
        this.#next(id, result.json);
        this.#complete(id);
        return;
      }
      running.subscription = result.open({
        next: (json) => this.#next(id, json),
        end: (errors) => {
          this.#operations.delete(id);
          if (errors) this.#fail(id, errors);
          else this.#complete(id);
        },
      });
    } catch (error) {
      if (this.#operations.get(id) !== running) return;
      this.#operations.delete(id);
      const unexpected = { message: 'Internal server error' };
      this.#fail(
        id,
        error instanceof OperationError ? error.errors : [maskError(unexpected, error, { log, requestId })],
      );
    }
  }

  /** The client wants no more of an operation. */
  #stop(id: string): void {
    const running = this.#operations.get(id);
    this.#operations.delete(id);
    running?.abort?.abort();
    running?.subscription?.close();
  }

  #next(id: string, json: string): boolean {
    this.#wire.send(`{"id":${JSON.stringify(id)},"type":"next","payload":${json}}`);
    return !this.#wire.full;
  }

  #complete(id: string): void {
    this.#wire.send(`{"id":${JSON.stringify(id)},"type":"complete"}`);
  }

  #fail(id: string, errors: readonly GraphQLFormattedError[]): void {
    this.#wire.send(JSON.stringify({ id, type: 'error', payload: errors }));
  }

  #close(close: Close): void {
    this.closed();
    this.#wire.close(close);
  }
}

const TOO_MANY: readonly GraphQLFormattedError[] = [
  {
    message: 'There are too many operations on this socket; wait for one to end.',
    extensions: { code: 'TOO_MANY_OPERATIONS' },
  },
];
