import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpListener {
  /** Such as `http://127.0.0.1:4000`. */
  url: string;
  server: Server;
  /** Accepts no more, waits for answers under way, and at the deadline cuts what is left. */
  close(deadline: AbortSignal): Promise<void>;
}

/** Starts to listen; rejects with the system's error (such as EADDRINUSE) when it cannot. */
export async function listen(server: Server, address: { host: string; port: number }): Promise<HttpListener> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return { url: `http://${host}:${port}`, server, close: (deadline) => closeServer(server, deadline) };
}

function closeServer(server: Server, deadline: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cut = () => server.closeAllConnections();
    if (deadline.aborted) cut();
    deadline.addEventListener('abort', cut, { once: true });
    server.close((error) => {
      deadline.removeEventListener('abort', cut);
      if (error) reject(error);
      else resolve();
    });
    server.closeIdleConnections();
  });
}
