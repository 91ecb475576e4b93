import { connect, createServer, type Socket } from 'node:net';

/** A wire to a server that changes one byte on its way there, wherever it meets `mark`. */
export interface FlippingWire {
  readonly endpoint: string;
  /** How many bytes it changed. */
  readonly flipped: number;
  close(): Promise<void>;
}

export async function openFlippingWire(endpoint: string, mark: Buffer): Promise<FlippingWire> {
  const { hostname, port } = new URL(endpoint);
  const sockets = new Set<Socket>();
  let flipped = 0;
  const server = createServer((inside) => {
    const outside = connect(Number(port), hostname);
    for (const socket of [inside, outside]) {
      sockets.add(socket);
      // Either end may go first; the other follows.
      socket.on('error', () => undefined);
      socket.on('close', () => (socket === inside ? outside : inside).destroy());
    }
    inside.on('data', (bytes) => {
      const at = bytes.indexOf(mark);
      if (at >= 0) {
        bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
        flipped += 1;
      }
      outside.write(bytes);
    });
    outside.pipe(inside);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The wire has no port.');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    get flipped() {
      return flipped;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
