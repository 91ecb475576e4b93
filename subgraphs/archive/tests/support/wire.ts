import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A wire to a store that a test can cut and mend. */
export interface Wire {
  /** The address of the store by way of this wire. */
  through(url: string): string;
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function openWire(): Promise<Wire> {
  const sockets = new Set<Socket>();
  let whole = true;
  let target = { host: '', port: 0 };
  const server: Server = createServer((near) => {
    if (!whole) return near.destroy();
    const far = connect(target);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    through(url) {
      const wired = new URL(url);
      target = { host: wired.hostname, port: Number(wired.port) };
      wired.hostname = '127.0.0.1';
      wired.port = String((server.address() as AddressInfo).port);
      return wired.href;
    },
    cut() {
      whole = false;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      whole = true;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
