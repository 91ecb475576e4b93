import { ExchangeError } from './errors.ts';
import type { RequestBytes } from './request-head.ts';

/** An answer with its body decoded. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  /** Whether all of the text is ASCII. */
  readonly ascii: boolean;
}

/** Whom an exchange is for. */
interface Asker {
  resolve(answer: HttpAnswer): void;
  reject(error: unknown): void;
  readonly signal: AbortSignal | undefined;
}

/**
 * One request on its way, from the moment that it waits for a connection. It is settled once: by its answer, by its
 * time limit, by the signal of who asked, or by its connection. A plain timer and a plain listener, as there is one for
 * every fetch. It lets go of what it no longer needs: Node's timers keep what they were given after they are cleared,
 * and so does, until the next full garbage collection, all that has lived through two small ones.
 */
export class Exchange {
  /** Breaks off what its connection is doing for it; set while it has one. */
  connection: { breakOff(): void } | undefined;
  #request: RequestBytes | undefined;
  #asker: Asker | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(request: RequestBytes, milliseconds: number, asker: Asker) {
    this.#request = request;
    this.#asker = asker;
    this.#timer = setTimeout(expire, milliseconds, this);
    asker.signal?.addEventListener('abort', this);
  }

  get settled(): boolean {
    return this.#asker === undefined;
  }

  /** What is to be sent; once. */
  takeRequest(): RequestBytes {
    const request = this.#request;
    if (!request) throw new Error('The request was sent.');
    this.#request = undefined;
    return request;
  }

  succeed(answer: HttpAnswer): void {
    const asker = this.#settle();
    if (!asker) return;
    try {
      asker.resolve(answer);
    } catch (error) {
      asker.reject(error);
    }
  }

  fail(error: ExchangeError): void {
    this.#settle()?.reject(error);
  }

  /** Of the signal. */
  handleEvent(): void {
    this.callOff(new ExchangeError('aborted', 'Whoever asked is gone.'));
  }

  callOff(error: ExchangeError): void {
    const { connection } = this;
    this.fail(error);
    connection?.breakOff();
  }

  #settle(): Asker | undefined {
    const asker = this.#asker;
    if (!asker) return undefined;
    this.#asker = undefined;
    this.#request = undefined;
    this.connection = undefined;
    clearTimeout(this.#timer);
    asker.signal?.removeEventListener('abort', this);
    return asker;
  }
}

function expire(exchange: Exchange): void {
  exchange.callOff(new ExchangeError('timeout', 'There was no complete answer in time.'));
}
