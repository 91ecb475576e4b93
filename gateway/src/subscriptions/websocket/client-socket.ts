import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Connection, Wire } from './connection.ts';
import { CLOSE, type Close } from './messages.ts';

export interface SocketRules {
  /** How long a client may take to say who it is. */
  readonly initMilliseconds: number;
  readonly pingMilliseconds: number;
  /** How long a socket without any operation stays open. */
  readonly idleMilliseconds: number;
}

/** A client that has not taken this much is not listened to until it has: each message may bring another answer. */
const PAUSE_BYTES = 1024 * 1024;

/** A client's WebSocket: carries the texts of its connection, and is looked at once a second. */
export class ClientSocket implements Wire {
  readonly #socket: WebSocket;
  readonly #stream: Socket;
  readonly #rules: SocketRules;
  readonly #openedAt = Date.now();
  #connection: Connection | undefined;
  #alive = true;
  #takenAtPing = 0;
  #pingAt: number;
  #idleSince = this.#openedAt;

  constructor(socket: WebSocket, stream: Socket, rules: SocketRules) {
    this.#socket = socket;
    this.#stream = stream;
    this.#rules = rules;
    // Sockets that came together are not all pinged together.
    this.#pingAt = this.#openedAt + rules.pingMilliseconds * (0.5 + Math.random() / 2);
  }

  serve(connection: Connection): void {
    this.#connection = connection;
    this.#socket.on('message', (data) => connection.receive(String(data)));
    this.#socket.on('pong', () => {
      this.#alive = true;
    });
    this.#stream.on('drain', () => {
      this.#alive = true;
      if (this.#socket.isPaused) this.#socket.resume();
      connection.ready();
    });
  }

  get full(): boolean {
    return this.#stream.writableNeedDrain;
  }

  send(text: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(text);
    if (this.#stream.writableLength > PAUSE_BYTES && !this.#socket.isPaused) this.#socket.pause();
  }

  close([code, reason]: Close): void {
    this.#socket.close(code, reason);
  }

  cut(): void {
    this.#socket.terminate();
  }

  /** Resolves when the socket is closed. */
  gone(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#socket.readyState === this.#socket.CLOSED) resolve();
      else this.#socket.once('close', () => resolve());
    });
  }

  /** Does what is due: `now` is the time in milliseconds. */
  check(now: number): void {
    const connection = this.#connection;
    if (!connection || this.#socket.readyState !== this.#socket.OPEN) return;
    const exp = connection.claims?.exp;
    if (connection.phase !== 'ready') {
      if (now - this.#openedAt > this.#rules.initMilliseconds) this.close(CLOSE.initTimeout);
      return;
    }
    if (!connection.idle) this.#idleSince = now;
    if (typeof exp === 'number' && exp * 1000 <= now) this.close(CLOSE.tokenExpired);
    else if (now - this.#idleSince > this.#rules.idleMilliseconds) this.close(CLOSE.idle);
    else if (now >= this.#pingAt) this.#ping(now);
  }

  #ping(now: number): void {
    const taken = this.#stream.bytesWritten - this.#stream.writableLength;
    // One who is behind may have no chance to answer, but takes something.
    const takes = this.#stream.writableLength > 0 && taken > this.#takenAtPing;
    if (!this.#alive && !takes) {
      this.cut();
      return;
    }
    this.#alive = false;
    this.#takenAtPing = taken;
    this.#pingAt = now + this.#rules.pingMilliseconds;
    this.#socket.ping();
  }
}
