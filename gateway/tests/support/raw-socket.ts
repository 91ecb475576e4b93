import { WebSocket } from 'ws';
import { token } from './gateway.ts';

export interface Message {
  type: string;
  id?: string;
  // biome-ignore lint/suspicious/noExplicitAny: payloads of every shape
  payload?: any;
}

/** A WebSocket on which the test itself speaks graphql-transport-ws. */
export interface RawSocket {
  socket: WebSocket;
  messages: Message[];
  /** The close code, once it is closed. */
  closed: Promise<number>;
  say(message: object | string): void;
  subscribe(id: string, query: string, variables?: object): void;
  /** The messages of one operation. */
  of(id: string): Message[];
}

/** Opens a socket; with `init`, says who it is and waits until that is acknowledged. */
export async function openRaw(
  url: string,
  options: {
    init?: boolean;
    protocol?: string;
    claims?: Record<string, unknown>;
    expiresIn?: number;
    /** Of connection_init, beside the token. */
    payload?: Record<string, unknown>;
  } = {},
): Promise<RawSocket> {
  const { init = true, protocol = 'graphql-transport-ws' } = options;
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, protocol);
  const messages: Message[] = [];
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  const say = (message: object | string) =>
    socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  let acknowledge: () => void = () => undefined;
  socket.on('message', (data) => {
    const message: Message = JSON.parse(String(data));
    if (message.type === 'connection_ack') acknowledge();
    messages.push(message);
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.on('error', () => undefined);
  if (init) {
    const acknowledged = new Promise<void>((resolve) => {
      acknowledge = resolve;
    });
    const authorization = `Bearer ${await token(options.claims, options.expiresIn)}`;
    say({ type: 'connection_init', payload: { authorization, ...options.payload } });
    await Promise.race([
      acknowledged,
      closed.then((code) => {
        throw new Error(`The socket closed with ${code}.`);
      }),
    ]);
  }
  return {
    socket,
    messages,
    closed,
    say,
    subscribe: (id, query, variables) => say({ type: 'subscribe', id, payload: { query, variables } }),
    of: (id) => messages.filter((message) => message.id === id),
  };
}
