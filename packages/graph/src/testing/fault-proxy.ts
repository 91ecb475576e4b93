import { createServer, type Server, Socket } from 'node:net';

/**
 * Stands between a driver and the real store, so that one test can take the store away without touching other tests.
 * `refuse` is what a killed store looks like, `freeze` what a stopped one (SIGSTOP) does: accepted and never answered.
 */
export interface FaultProxy {
  port: number;
  refuse(): Promise<void>;
  freeze(): void;
  /** Ends either fault. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

export async function startFaultProxy(target: { host: string; port: number }): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  let frozen = false;
  let server: Server;
  let port = 0;

  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const listen = () =>
    new Promise<void>((resolve, reject) => {
      server = createServer((client) => {
        const upstream = new Socket();
        track(client);
        track(upstream);
        client.on('close', () => upstream.destroy());
        upstream.on('close', () => client.destroy());
        upstream.connect(target.port, target.host);
        client.on('data', (bytes) => upstream.write(bytes));
        upstream.on('data', (bytes) => client.write(bytes));
        if (frozen) for (const socket of [client, upstream]) socket.pause();
      });
      server.on('error', reject);
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        if (typeof address === 'object' && address) port = address.port;
        resolve();
      });
    });
  const refuse = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  await listen();

  return {
    get port() {
      return port;
    },
    refuse,
    freeze: () => {
      frozen = true;
      for (const socket of sockets) socket.pause();
    },
    restore: async () => {
      frozen = false;
      for (const socket of sockets) socket.resume();
      if (!server.listening) await listen();
    },
    close: refuse,
  };
}
