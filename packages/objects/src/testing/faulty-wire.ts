import { connect, createServer, type Socket } from 'node:net';

export interface Faults {
  /** Bytes whose first one is changed wherever they pass on their way to the server. */
  damage?: Buffer;
  /** The server gets a request that contains this and does its work, and nobody gets the answer. */
  loseAnswerTo?: RegExp;
}

/** A wire to a server that does what wires do at their worst. */
export interface FaultyWire {
  readonly endpoint: string;
  /** How often it did so. */
  readonly faults: number;
  close(): Promise<void>;
}

export async function openFaultyWire(endpoint: string, { damage, loseAnswerTo }: Faults): Promise<FaultyWire> {
  const { hostname, port } = new URL(endpoint);
  const sockets = new Set<Socket>();
  let faults = 0;
  const server = createServer((inside) => {
    const outside = connect(Number(port), hostname);
    let deaf = false;
    for (const socket of [inside, outside]) {
      sockets.add(socket);
      // Either end may go first; the other follows.
      socket.on('error', () => undefined);
      socket.on('close', () => (socket === inside ? outside : inside).destroy());
    }
    inside.on('data', (bytes) => {
      const at = damage === undefined ? -1 : bytes.indexOf(damage);
      if (at >= 0) {
        bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
        faults += 1;
      }
      deaf ||= loseAnswerTo?.test(bytes.toString('latin1')) ?? false;
      outside.write(bytes);
    });
    outside.on('data', (bytes) => {
      if (!deaf) return void inside.write(bytes);
      faults += 1;
      inside.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The wire has no port.');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    get faults() {
      return faults;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
