import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay, setImmediate } from 'node:timers/promises';
import type { GraphqlSockets, Log } from '@colloquy/service';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Telemetry } from '../../observability/telemetry.ts';
import type { Admission } from '../admission.ts';
import { ClientSocket, type SocketRules } from './client-socket.ts';
import { Connection, type ConnectionOptions } from './connection.ts';
import { CLOSE } from './messages.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';

const PROTOCOL = 'graphql-transport-ws';
/** One round looks at every socket: for silence, for tokens that ran out, for pings that are due. */
const ROUND_MILLISECONDS = 1000;
/** What is under way when the gateway leaves gets this long. */
const FINISH_MILLISECONDS = 3000;
/** Over how long sockets are closed then, and how many at a time at least: their clients all come back at once. */
const SPREAD_TURNS = 40;
const SPREAD_TURN_MILLISECONDS = 50;
const SPREAD_LEAST = 100;
/** How long clients may take to answer a close. */
const FAREWELL_MILLISECONDS = 2000;

/** graphql-transport-ws for clients: queries, mutations and subscriptions on one socket. */
export function createSockets(
  options: ConnectionOptions & {
    rules: SocketRules;
    maxMessageBytes: number;
    admission: Admission;
    telemetry: Pick<Telemetry, 'opened' | 'closed'>;
    log: Log;
  },
): GraphqlSockets {
  const { rules, admission, telemetry, log } = options;
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: options.maxMessageBytes,
    handleProtocols: (offered) => (offered.has(PROTOCOL) ? PROTOCOL : false),
  });
  const open = new Set<ClientSocket>();
  let closing = false;
  const rounds = setInterval(() => {
    const now = Date.now();
    for (const socket of open) socket.check(now);
  }, ROUND_MILLISECONDS);
  rounds.unref();

  function attach(socket: WebSocket, stream: Socket, request: IncomingMessage): void {
    const leave = admission.enter(request);
    telemetry.opened('sockets');
    const client = new ClientSocket(socket, stream, rules);
    const connection = new Connection(client, request.headers, options);
    client.serve(connection);
    open.add(client);
    // An error of the socket itself, such as a message that is too long, is followed by its close, with the right code.
    socket.on('error', (error) => log.debug({ err: error }, 'socket failed'));
    socket.once('close', () => {
      open.delete(client);
      leave();
      telemetry.closed('sockets');
      connection.closed();
    });
    if (socket.protocol !== PROTOCOL) client.close(CLOSE.badSubprotocol);
    else if (closing) client.close(CLOSE.goingAway);
  }

  async function closeAll(deadline: AbortSignal): Promise<void> {
    const sockets = [...open];
    const perTurn = Math.max(SPREAD_LEAST, Math.ceil(sockets.length / SPREAD_TURNS));
    for (let next = 0; next < sockets.length; next += perTurn) {
      if (next > 0 && !deadline.aborted) await delay(SPREAD_TURN_MILLISECONDS);
      for (const socket of sockets.slice(next, next + perTurn)) socket.close(CLOSE.goingAway);
    }
    const patience = AbortSignal.any([deadline, AbortSignal.timeout(FAREWELL_MILLISECONDS)]);
    await settled(
      [...open].map((socket) => socket.gone()),
      patience,
    );
    for (const socket of open) socket.cut();
  }

  return {
    handleUpgrade(request, stream, head) {
      const refusal = admission.refusal(request);
      if (refusal) refuseUpgrade(stream, refusal === 'full' ? '503 Service Unavailable' : '429 Too Many Requests');
      else server.handleUpgrade(request, stream, head, (socket) => attach(socket, request.socket, request));
    },
    async close(deadline) {
      closing = true;
      await settled(options.underWay, AbortSignal.any([deadline, AbortSignal.timeout(FINISH_MILLISECONDS)]));
      // The answers are written in the turns after this one.
      await setImmediate();
      await closeAll(deadline);
      clearInterval(rounds);
      server.close();
    },
  };
}

/** Resolves when all of them have, or the limit is reached. */
async function settled(promises: Iterable<Promise<unknown>>, limit: AbortSignal): Promise<void> {
  if (limit.aborted) return;
  const reached = new Promise((resolve) => limit.addEventListener('abort', resolve, { once: true }));
  await Promise.race([Promise.allSettled(promises), reached]);
}
