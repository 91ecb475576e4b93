import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between a client and a real server, to be in the way. */
export interface Relay {
  /** The server's address with the relay's port. */
  readonly url: string;
  /** Connections stay, and nothing goes through them. */
  hang(): void;
  /** Connections are cut, and new ones too. */
  cut(): void;
  /** Everything goes through again. */
  restore(): void;
  close(): Promise<void>;
}

export async function openRelay(target: string): Promise<Relay> {
  const url = new URL(target);
  const pairs = new Set<readonly [Socket, Socket]>();
  let state: 'through' | 'hanging' | 'cut' = 'through';
  const server = createServer((client) => {
    if (state === 'cut') {
      client.destroy();
      return;
    }
    const upstream = connect(Number(url.port), url.hostname);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
    client.pipe(upstream);
    upstream.pipe(client);
    if (state === 'hanging') hold(pair);
  });
  const hold = ([client, upstream]: readonly [Socket, Socket]) => {
    client.unpipe(upstream).pause();
    upstream.unpipe(client).pause();
  };
  const cutAll = () => {
    for (const [client] of pairs) client.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url.hostname = '127.0.0.1';
  const own = new URL(url);
  own.port = String((server.address() as AddressInfo).port);
  return {
    url: own.href,
    hang() {
      state = 'hanging';
      for (const pair of pairs) hold(pair);
    },
    cut() {
      state = 'cut';
      cutAll();
    },
    restore() {
      const held = state === 'hanging';
      state = 'through';
      if (!held) return;
      for (const [client, upstream] of pairs) {
        client.pipe(upstream);
        upstream.pipe(client);
      }
    },
    async close() {
      cutAll();
      server.close();
      await once(server, 'close');
    },
  };
}
