import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { FromThread, HeartbeatSettings, ToThread } from './heartbeat-thread.ts';

/** The heartbeat of this process, seen from its main thread. */
export interface RunningHeartbeat {
  announce(workerIds: readonly string[]): void;
  leave(): Promise<void>;
}

/** Registers this process as a living worker and keeps saying so; `onFatal` hears when it was declared dead. */
export async function startHeartbeat(
  settings: HeartbeatSettings,
  hear: { onFatal(error: Error): void; onFreed(count: number): void },
): Promise<RunningHeartbeat> {
  const thread = new Worker(new URL('./heartbeat-thread.ts', import.meta.url), { workerData: settings });
  const ready = once(thread, 'message');
  thread.on('message', (message: FromThread) => {
    if (message.kind === 'fatal') hear.onFatal(new Error(message.message));
    if (message.kind === 'freed') hear.onFreed(message.count);
  });
  thread.on('error', (error) => hear.onFatal(error as Error));
  await ready;
  const say = (message: ToThread) => thread.postMessage(message);
  return {
    announce: (workerIds) => say({ kind: 'workers', ids: [...workerIds] }),
    async leave() {
      const exited = once(thread, 'exit');
      say({ kind: 'leave' });
      await exited;
    },
  };
}
