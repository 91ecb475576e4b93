import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { CloseCode, handleProtocols, makeServer, type ServerOptions } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Log } from '../log.ts';

/** What a protocol hook finds in `ctx.extra`. */
export interface SocketExtra {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
}

export interface GraphqlSockets {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Tells every client 1001 (going away) and waits until they are gone; at the deadline cuts those that are left. */
  close(deadline: AbortSignal): Promise<void>;
}

/** Clients that answer no ping for this long are gone. */
const PING_MILLISECONDS = 12_000;
const GOING_AWAY = 1001;

/**
 * The WebSocket side of graphql-transport-ws: sockets are kept alive by pings, errors go to the log, and `send`
 * resolves when the bytes left the process, so a slow client slows its own subscriptions down and nobody else's.
 */
export function createGraphqlSockets<Extra extends SocketExtra>(options: {
  log: Log;
  maxMessageBytes: number;
  protocol: ServerOptions<Record<string, unknown>, Extra>;
  extra(socket: SocketExtra): Extra;
}): GraphqlSockets {
  const { log } = options;
  const protocol = makeServer<Record<string, unknown>, Extra>(options.protocol);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: options.maxMessageBytes, handleProtocols });

  function attach(socket: WebSocket, request: IncomingMessage): void {
    const fail = (error: unknown) => {
      log.error({ err: error }, 'a message on a socket could not be handled');
      socket.close(CloseCode.InternalServerError, 'Internal server error');
    };
    const stopPings = keepAlive(socket);
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (data) => send(socket, data),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) => socket.on('message', (data) => void handle(String(data)).catch(fail)),
      },
      options.extra({ socket, request }),
    );
    // An error of the socket itself (such as a message that is too long) is followed by its close, with the right code.
    socket.on('error', (error) => log.debug({ err: error }, 'socket failed'));
    socket.once('close', (code, reason) => {
      stopPings();
      closed(code, String(reason)).catch((error: unknown) => log.error({ err: error }, 'socket clean-up failed'));
    });
  }

  return {
    handleUpgrade: (request, socket, head) => sockets.handleUpgrade(request, socket, head, (ws) => attach(ws, request)),
    close: (deadline) => closeAll(sockets, deadline),
  };
}

function send(socket: WebSocket, data: string): Promise<void> {
  return new Promise((resolve) => {
    // A socket that closes while a message is on its way ends the subscription by its close event.
    if (socket.readyState === socket.OPEN) socket.send(data, () => resolve());
    else resolve();
  });
}

function keepAlive(socket: WebSocket): () => void {
  let alive = true;
  socket.on('pong', () => {
    alive = true;
  });
  const interval = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  }, PING_MILLISECONDS);
  return () => clearInterval(interval);
}

async function closeAll(sockets: WebSocketServer, deadline: AbortSignal): Promise<void> {
  const patience = AbortSignal.any([deadline, AbortSignal.timeout(2000)]);
  const open = [...sockets.clients];
  const gone = Promise.all(open.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
  for (const socket of open) socket.close(GOING_AWAY, 'Going away');
  const cut = () => {
    for (const socket of open) socket.terminate();
  };
  if (patience.aborted) cut();
  patience.addEventListener('abort', cut, { once: true });
  await gone;
  sockets.close();
}
