import type { Log } from '@colloquy/service';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, type Message, MessageType, parseMessage, stringifyMessage } from 'graphql-ws';
import { WebSocket } from 'ws';
import { OperationFailedError, SubgraphUnavailableError } from './errors.ts';
import { EventQueue } from './event-queue.ts';
import type { SubgraphAnswer, SubgraphRequest } from './subgraph.ts';

export interface EventSource {
  subgraph: string;
  /** The subgraph's HTTP address; its WebSocket is at the same one. */
  url: URL;
  request: SubgraphRequest;
  connectionParams: Record<string, unknown>;
  maxEventBytes: number;
  log: Log;
}

const HANDSHAKE_MILLISECONDS = 5000;
const PING_MILLISECONDS = 12_000;
const ID = '1';

/**
 * Subscribes at a subgraph over graphql-transport-ws, on a socket of its own, so that a slow consumer slows down its
 * own producer alone: the socket is paused while events wait. Throws OperationFailedError when the subgraph refuses or
 * breaks off, SubgraphUnavailableError when it is lost. `return()` closes the socket.
 */
export function openEvents(source: EventSource): AsyncIterator<SubgraphAnswer, void> {
  const socket = new WebSocket(webSocketUrl(source.url), GRAPHQL_TRANSPORT_WS_PROTOCOL, {
    maxPayload: source.maxEventBytes,
    handshakeTimeout: HANDSHAKE_MILLISECONDS,
  });
  const queue = new EventQueue<SubgraphAnswer>({ onFull: () => socket.pause(), onRoom: () => socket.resume() });
  const send = (message: Message) => socket.send(stringifyMessage(message));
  const lost = (cause: unknown) => queue.end({ error: new SubgraphUnavailableError(source.subgraph, { cause }) });

  function receive(message: Message): void {
    switch (message.type) {
      case MessageType.ConnectionAck:
        send({ id: ID, type: MessageType.Subscribe, payload: subscribePayload(source.request) });
        return;
      case MessageType.Next:
        queue.push(message.payload as SubgraphAnswer);
        return;
      case MessageType.Error:
        queue.end({ error: new OperationFailedError(message.payload as readonly GraphQLFormattedError[]) });
        return;
      case MessageType.Complete:
        queue.end();
        return;
      case MessageType.Ping:
        send({ type: MessageType.Pong });
        return;
    }
  }

  socket.on('open', () => send({ type: MessageType.ConnectionInit, payload: source.connectionParams }));
  socket.on('message', (data) => {
    try {
      receive(parseMessage(String(data)) as Message);
    } catch (error) {
      lost(error);
      socket.terminate();
    }
  });
  socket.on('error', lost);
  const stopPings = keepAlive(socket);
  socket.on('close', (code, reason) => {
    stopPings();
    source.log.debug({ subgraph: source.subgraph, code, reason: String(reason) }, 'upstream socket closed');
    lost(new GraphQLError(`The socket closed with ${code} ${String(reason)}`));
  });

  return {
    async next() {
      try {
        const result = await queue.next();
        if (result.done) socket.close();
        return result;
      } catch (error) {
        socket.close();
        throw error;
      }
    },
    async return() {
      queue.end();
      socket.resume();
      socket.close();
      return { done: true, value: undefined };
    },
  };
}

function webSocketUrl(url: URL): URL {
  const address = new URL(url);
  address.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return address;
}

function subscribePayload({ query, variables, operationName }: SubgraphRequest) {
  return { query, ...(variables && { variables }), ...(operationName !== undefined && { operationName }) };
}

/** A subgraph that is frozen, or a network that swallows packets, is noticed by its missing pong. */
function keepAlive(socket: WebSocket): () => void {
  let alive = true;
  socket.on('pong', () => {
    alive = true;
  });
  const interval = setInterval(() => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.isPaused) {
      // Nothing is read meanwhile, so nothing can be concluded from silence.
      alive = true;
      return;
    }
    if (!alive) {
      socket.terminate();
      return;
    }
    alive = false;
    socket.ping();
  }, PING_MILLISECONDS);
  return () => clearInterval(interval);
}
