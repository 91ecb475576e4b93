import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface HttpListener {
  /** Such as `http://127.0.0.1:4000`. */
  url: string;
  server: Server;
  /** Accepts no more, waits for answers under way, and at the deadline cuts what is left. */
  close(deadline: AbortSignal): Promise<void>;
}

/** Starts to listen; rejects with the system's error (such as EADDRINUSE) when it cannot. */
export async function listen(server: Server, address: { host: string; port: number }): Promise<HttpListener> {
  const connections = trackConnections(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return { url: `http://${host}:${port}`, server, close: (deadline) => closeServer(server, connections, deadline) };
}

interface Connections {
  /** Closes those without a request under way, and each of the others when its answer is complete. */
  closeWhenIdle(): void;
}

/**
 * Node's own `closeIdleConnections` passes over connections that never sent a request, such as those that browsers open
 * ahead of need, and `close()` would wait for them. Upgraded connections belong to whoever upgraded them.
 */
function trackConnections(server: Server): Connections {
  const requests = new Map<Socket, number>();
  let closing = false;
  const count = (socket: Socket, change: number) => {
    const before = requests.get(socket);
    if (before === undefined) return;
    requests.set(socket, before + change);
    if (closing && before + change === 0) socket.destroySoon();
  };
  server.on('connection', (socket: Socket) => {
    requests.set(socket, 0);
    socket.once('close', () => requests.delete(socket));
    if (closing) socket.destroySoon();
  });
  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    count(socket, 1);
    response.once('close', () => count(socket, -1));
  });
  server.prependListener('upgrade', ({ socket }: IncomingMessage) => requests.delete(socket));
  return {
    closeWhenIdle() {
      closing = true;
      for (const socket of requests.keys()) count(socket, 0);
    },
  };
}

function closeServer(server: Server, connections: Connections, deadline: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cut = () => server.closeAllConnections();
    if (deadline.aborted) cut();
    deadline.addEventListener('abort', cut, { once: true });
    server.close((error) => {
      deadline.removeEventListener('abort', cut);
      if (error) reject(error);
      else resolve();
    });
    connections.closeWhenIdle();
  });
}
