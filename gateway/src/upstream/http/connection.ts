import type { Socket } from 'node:net';
import { ExchangeError } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { ResponseParser } from './response-parser.ts';

/** Sockets that are idle for longer may be about to be closed by the server; less where it says so. */
const IDLE_MILLISECONDS = 4000;
/** A server that closes at its limit has closed when a request that left just before arrives. */
const IDLE_MARGIN_MILLISECONDS = 1000;
const CONNECT_MILLISECONDS = 2000;

interface Owner {
  readonly maxBodyBytes: number;
  /** The connection is idle. */
  released(connection: Connection): void;
  /** The connection is closed, or will take no more. */
  lost(connection: Connection): void;
}

/**
 * One socket to a server, with one exchange at a time: an answer that is late, or longer than it said, must not be
 * taken for that of the next request, so a connection that was broken off is not used again.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #owner: Owner;
  #exchange: Exchange | undefined;
  #parser: ResponseParser | undefined;
  #failure: unknown;
  #gone = false;
  #idleUntil = 0;

  /**
   * `open` gets what takes the pieces that arrive; it is done with each of them when it returns. `connectEvent` is
   * `connect` or, of TLS, `secureConnect`.
   */
  constructor(open: (receive: (piece: Buffer) => void) => Socket, connectEvent: string, owner: Owner) {
    const socket = open((piece) => this.#receive(piece));
    this.#socket = socket;
    this.#owner = owner;
    socket.setNoDelay(true);
    const connecting = setTimeout(() => {
      this.#leave(new ExchangeError('connection', `No connection within ${CONNECT_MILLISECONDS} ms.`));
    }, CONNECT_MILLISECONDS);
    socket.once(connectEvent, () => clearTimeout(connecting));
    socket.once('close', () => {
      clearTimeout(connecting);
      this.#leave(new ExchangeError('connection', 'The connection was lost.', this.#failure));
    });
    socket.on('error', (error) => {
      this.#failure = error;
    });
    socket.on('end', () => this.#ended());
  }

  /** Whether an idle connection can be expected to be still there. */
  isFresh(now: number): boolean {
    return !this.#gone && now < this.#idleUntil;
  }

  start(exchange: Exchange): void {
    this.#exchange = exchange;
    this.#parser = new ResponseParser(this.#owner.maxBodyBytes);
    exchange.connection = this;
    const { bytes, encoding } = exchange.takeRequest();
    this.#socket.write(bytes, encoding);
  }

  breakOff(): void {
    this.#leave(new ExchangeError('aborted', 'The exchange was broken off.'));
  }

  /** Closes an idle connection. */
  close(): void {
    this.#leave(new ExchangeError('connection', 'The connection was closed.'));
  }

  #receive(piece: Buffer): void {
    const parser = this.#parser;
    // Nothing is to come on an idle connection.
    if (!parser) {
      this.#leave(new ExchangeError('protocol', 'An answer came without a request.'));
      return;
    }
    try {
      if (parser.read(piece)) this.#answered(parser, parser.reusable && this.#socket.writableLength === 0);
      else parser.detach();
    } catch (error) {
      this.#leave(
        error instanceof ExchangeError ? error : new ExchangeError('protocol', 'The answer is not readable.', error),
      );
    }
  }

  #ended(): void {
    const parser = this.#parser;
    if (parser?.end()) this.#answered(parser, false);
    else this.#leave(new ExchangeError('connection', 'The server closed the connection.'));
  }

  #answered(parser: ResponseParser, reusable: boolean): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    this.#parser = undefined;
    const { status, idleSeconds } = parser.head;
    const { text, ascii } = parser.text();
    if (reusable) {
      const promised = idleSeconds === undefined ? IDLE_MILLISECONDS : idleSeconds * 1000 - IDLE_MARGIN_MILLISECONDS;
      this.#idleUntil = performance.now() + Math.min(IDLE_MILLISECONDS, promised);
      this.#owner.released(this);
    } else {
      this.close();
    }
    exchange?.succeed({ status, text, ascii });
  }

  #leave(error: ExchangeError): void {
    if (this.#gone) return;
    this.#gone = true;
    const exchange = this.#exchange;
    this.#exchange = undefined;
    this.#parser = undefined;
    this.#socket.destroy();
    this.#owner.lost(this);
    exchange?.fail(error);
  }
}
