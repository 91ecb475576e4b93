import { ExchangeError } from './errors.ts';
import type { RequestBytes } from './request-head.ts';

/** An answer with its body decoded. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  /** Whether all of the text is ASCII. */
  readonly ascii: boolean;
}

/**
 * One request on its way, from the moment that it waits for a connection. It is settled once: by its answer, by its
 * time limit, by the signal of who asked, or by its connection. A plain timer and a plain listener, as there is one for
 * every fetch.
 */
export class Exchange {
  readonly request: RequestBytes;
  settled = false;
  /** Breaks off what its connection is doing for it; set while it has one. */
  connection: { breakOff(): void } | undefined;
  readonly #resolve: (answer: HttpAnswer) => void;
  readonly #reject: (error: unknown) => void;
  readonly #signal: AbortSignal | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(
    request: RequestBytes,
    limits: { milliseconds: number; signal: AbortSignal | undefined },
    resolve: (answer: HttpAnswer) => void,
    reject: (error: unknown) => void,
  ) {
    this.request = request;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#signal = limits.signal;
    this.#timer = setTimeout(expire, limits.milliseconds, this);
    this.#signal?.addEventListener('abort', this);
  }

  /** The answer is read here and not later: whatever waits for it would keep its text. */
  succeed(answer: HttpAnswer): void {
    if (!this.#settle()) return;
    try {
      this.#resolve(answer);
    } catch (error) {
      this.#reject(error);
    }
  }

  fail(error: ExchangeError): void {
    if (this.#settle()) this.#reject(error);
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

  #settle(): boolean {
    if (this.settled) return false;
    this.settled = true;
    this.connection = undefined;
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this);
    return true;
  }
}

function expire(exchange: Exchange): void {
  exchange.callOff(new ExchangeError('timeout', 'There was no complete answer in time.'));
}
