import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net';

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
  /** Asks clients to use their connections no more; closes those without a request soon, the others when answered. */
  closeWhenIdle(): void;
}

/** A request may be on its way already on a connection that looks idle. */
const IDLE_MILLISECONDS = 250;

/**
 * Node's own `closeIdleConnections` resets requests that are on their way, and passes over connections that never sent
 * one, such as those that browsers open ahead of need: `close()` would wait for them. Upgraded connections belong to
 * whoever upgraded them.
 */
function trackConnections(server: Server): Connections {
  // Arrays, for a Set that much goes through keeps what was in it when it grew until the next full garbage collection.
  const answers = new Map<Socket, ServerResponse[]>();
  let phase: 'open' | 'closing' | 'cutting idle ones' = 'open';
  const cutWhenIdle = (socket: Socket) => {
    if (phase === 'cutting idle ones' && answers.get(socket)?.length === 0) socket.destroySoon();
  };
  server.on('connection', (socket: Socket) => {
    answers.set(socket, []);
    socket.once('close', () => answers.delete(socket));
  });
  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    if (phase !== 'open') response.shouldKeepAlive = false;
    answers.get(socket)?.push(response);
    response.once('close', () => {
      const open = answers.get(socket);
      open?.splice(open.indexOf(response), 1);
      cutWhenIdle(socket);
    });
  });
  server.prependListener('upgrade', ({ socket }: IncomingMessage) => answers.delete(socket));
  return {
    closeWhenIdle() {
      phase = 'closing';
      for (const response of [...answers.values()].flat()) response.shouldKeepAlive = false;
      setTimeout(() => {
        phase = 'cutting idle ones';
        for (const socket of answers.keys()) cutWhenIdle(socket);
      }, IDLE_MILLISECONDS);
    },
  };
}

function closeServer(server: Server, connections: Connections, deadline: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cut = () => server.closeAllConnections();
    if (deadline.aborted) cut();
    deadline.addEventListener('abort', cut, { once: true });
    // Not http's own `close`, which resets idle connections at once, and with them requests that are on their way.
    NetServer.prototype.close.call(server, (error) => {
      deadline.removeEventListener('abort', cut);
      if (error) reject(error);
      else resolve();
    });
    connections.closeWhenIdle();
  });
}
