import { parentPort, workerData } from 'node:worker_threads';
import { Pool } from 'pg';
import { createHeartbeat, HEARTBEAT_MS } from './heartbeat.ts';

/** What the main thread tells this one. */
export interface HeartbeatSettings {
  url: string;
  processId: string;
  applicationName: string;
}
export type ToThread = { kind: 'workers'; ids: string[] } | { kind: 'leave' };
export type FromThread =
  | { kind: 'ready' }
  | { kind: 'left' }
  | { kind: 'freed'; count: number }
  | { kind: 'fatal'; message: string };

/**
 * Beats in a thread of its own: parsing or relating may keep the main thread busy for longer than silence is borne,
 * while a frozen or killed process stops all its threads.
 */
async function main(settings: HeartbeatSettings, port: NonNullable<typeof parentPort>): Promise<void> {
  const say = (message: FromThread) => port.postMessage(message);
  const pool = new Pool({
    connectionString: settings.url,
    application_name: 'colloquy-heartbeat',
    max: 1,
    connectionTimeoutMillis: 5_000,
  });
  // The next beat meets the same trouble and reports it.
  pool.on('error', () => undefined);
  const heartbeat = createHeartbeat(pool, settings.processId);
  let workerIds: string[] = [];
  let leaving = false;

  const tick = async () => {
    if (leaving) return;
    if (!(await heartbeat.beat(workerIds)))
      throw new Error('This worker was silent for too long; its jobs belong to another now.');
    const count = await heartbeat.takeOver();
    if (count > 0) say({ kind: 'freed', count });
  };
  let beating: Promise<void> = heartbeat.register(settings.applicationName);
  const beat = () => {
    beating = beating.then(tick).catch((error: Error) => {
      if (!leaving) say({ kind: 'fatal', message: error.message });
    });
    return beating;
  };
  const timer = setInterval(beat, HEARTBEAT_MS);

  port.on('message', async (message: ToThread) => {
    if (message.kind === 'workers') {
      workerIds = message.ids;
      await beat();
      return;
    }
    leaving = true;
    clearInterval(timer);
    await beating;
    // A row that stays behind only means that others wait out the silence.
    await heartbeat.leave().catch(() => undefined);
    await pool.end();
    say({ kind: 'left' });
    port.close();
  });
  await beat();
  say({ kind: 'ready' });
}

if (parentPort) await main(workerData as HeartbeatSettings, parentPort);
