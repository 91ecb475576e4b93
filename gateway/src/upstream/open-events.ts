import type { Log } from '@colloquy/service';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, type Message, MessageType, parseMessage, stringifyMessage } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { SubgraphAnswer } from '../executor/fetch.ts';
import { OperationFailedError, SubgraphUnavailableError } from './errors.ts';
import { EventQueue } from './event-queue.ts';
import { watchSocket } from './watch-socket.ts';

export interface EventSource {
  subgraph: string;
  /** The subgraph's HTTP address; its WebSocket is at the same one. */
  url: URL;
  request: { query: string; variables: Readonly<Record<string, unknown>> };
  connectionParams: Record<string, unknown>;
  /** Of the handshake. */
  headers?: Record<string, string>;
  maxEventBytes: number;
  /** How often the subgraph is asked for a sign of life. */
  pingMilliseconds?: number;
  /** The subgraph took the subscription's message; whether it takes the subscription shows later. */
  onSubscribe?: () => void;
  log: Log;
}

/** From the first packet to the message that acknowledges the connection. */
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
    perMessageDeflate: false,
    ...(source.headers && { headers: source.headers }),
  });
  const queue = new EventQueue<SubgraphAnswer>({ onFull: () => socket.pause(), onRoom: () => socket.resume() });
  const send = (message: Message) => socket.send(stringifyMessage(message));
  const lost = (cause: unknown) => queue.end({ error: new SubgraphUnavailableError(source.subgraph, { cause }) });

  function receive(message: Message): void {
    switch (message.type) {
      case MessageType.ConnectionAck:
        clearTimeout(handshake);
        send({ id: ID, type: MessageType.Subscribe, payload: source.request });
        source.onSubscribe?.();
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

  const handshake = setTimeout(() => socket.terminate(), HANDSHAKE_MILLISECONDS);
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
  const unwatch = watchSocket(socket, source.pingMilliseconds ?? PING_MILLISECONDS);
  socket.on('close', (code, reason) => {
    clearTimeout(handshake);
    unwatch();
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
