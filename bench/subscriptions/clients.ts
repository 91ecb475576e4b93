import { once } from 'node:events';
import { WebSocket } from 'ws';

/** What clients saw of a number of events. */
export interface Seen {
  /** From the making of an event to its arrival at a client, in milliseconds, ascending: one figure per event and client. */
  latencies: Float64Array;
  /** Events that a client did not get, or not in their place. */
  faults: number;
}

export interface Clients {
  /** Resolves when every client has that many more events; call it before they are made. */
  collect(events: number): Promise<Seen>;
  close(): Promise<void>;
}

const AT_A_TIME = 100;
const PATIENCE_MILLISECONDS = 120_000;

/** Opens sockets with one subscription each, as many clients of one service do. */
export async function openClients(url: string, count: number, query: string): Promise<Clients> {
  const clients: Client[] = [];
  for (let opened = 0; opened < count; opened += AT_A_TIME) {
    const batch = Array.from({ length: Math.min(AT_A_TIME, count - opened) }, () => new Client(url, query));
    await Promise.all(batch.map((client) => client.subscribed));
    clients.push(...batch);
  }
  return {
    async collect(events) {
      const latencies = new Float64Array(events * count);
      let next = 0;
      let faults = 0;
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`Only ${next} of ${latencies.length} came.`)),
          PATIENCE_MILLISECONDS,
        );
        for (const client of clients) {
          let before: number | undefined;
          client.onTick = (latency, sequence) => {
            if (before !== undefined && sequence !== before + 1) faults++;
            before = sequence;
            latencies[next++] = latency;
            if (next < latencies.length) return;
            clearTimeout(timer);
            resolve();
          };
        }
      });
      return { latencies: latencies.sort(), faults };
    },
    async close() {
      await Promise.all(clients.map((client) => client.close()));
    },
  };
}

class Client {
  onTick: (latency: number, sequence: number) => void = () => undefined;
  readonly subscribed: Promise<void>;
  readonly #socket: WebSocket;

  constructor(url: string, query: string) {
    const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
    this.#socket = socket;
    socket.on('message', (data) => this.#receive(String(data)));
    this.subscribed = once(socket, 'open').then(async () => {
      socket.send('{"type":"connection_init"}');
      await once(socket, 'message');
      // Clients choose ids of this length.
      const id = crypto.randomUUID();
      socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query } }));
    });
  }

  #receive(text: string): void {
    const now = performance.timeOrigin + performance.now();
    const tick = /"at":([\d.]+),"sequence":(\d+)/.exec(text);
    if (tick) this.onTick(now - Number(tick[1]), Number(tick[2]));
    else if (text.includes('"errors"') || text.includes('"error"')) throw new Error(`A subscription failed: ${text}`);
  }

  async close(): Promise<void> {
    const closed = once(this.#socket, 'close');
    this.#socket.terminate();
    await closed;
  }
}
