import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@colloquy/database';
import type { ObjectStore } from '@colloquy/objects';
import { readSession, type SessionState, surveyedAt, tenths } from './platform/progress.ts';
import { beginSession, type StoredArchive } from './platform/session.ts';
import type { Stores } from './platform/stores.ts';
import { usageOf } from './platform/usage.ts';
import type { Worker } from './platform/worker.ts';

/** One import, from the job's start to the end of its last stage that was waited for. */
export interface ImportFigures {
  seconds: number;
  /** Looking through the whole archive before anything is stored; null when that is not a step of its own. */
  surveySeconds: number | null;
  stages: { stage: string; seconds: number; endedAfterSeconds: number }[];
  /** When each tenth of the messages was stored, after the start. */
  tenthsAfterSeconds: number[];
  conversations: number;
  messages: number;
  items: number;
  issues: number;
  /** CPU time of the worker, its threads and children. */
  workerCpuSeconds: number;
  /** CPU time of all processes of the PostgreSQL server. */
  serverCpuSeconds: number;
  /** The most memory of the worker that was resident since it started, children included. */
  workerPeakBytes: number;
  /** The same before the import. */
  workerIdleBytes: number;
}

export interface ImportContext {
  stores: Stores;
  database: Database;
  objects: ObjectStore;
  worker: Worker;
}

const POLL_MILLISECONDS = 100;

/** Imports an archive and waits until the stage is finished. Throws when the session fails. */
export async function measureImport(
  { stores, database, objects, worker }: ImportContext,
  archive: StoredArchive,
  through: 'PARSE' | 'DONE',
  onProgress: (state: SessionState) => void = () => undefined,
): Promise<ImportFigures> {
  await stores.superuser.query('CHECKPOINT');
  const worked = usageOf(worker.pid);
  const served = usageOf(stores.serverPid);
  const { sessionId } = await beginSession(database, objects, archive);
  let state = await readSession(stores.superuser, sessionId);
  while (!isFinished(state, through)) {
    if (state.status === 'FAILED' || state.status === 'CANCELLED') throw new Error(`The import ended: ${state.error}`);
    worker.check();
    await sleep(POLL_MILLISECONDS);
    state = await readSession(stores.superuser, sessionId);
    onProgress(state);
  }
  const workerAfter = usageOf(worker.pid);
  const serverAfter = usageOf(stores.serverPid);
  const started = Math.min(...state.stages.map((stage) => stage.started));
  const surveyed = await surveyedAt(stores.superuser, sessionId);
  const stages = state.stages.flatMap(({ stage, started: from, finished }) =>
    finished === null
      ? []
      : [{ stage, seconds: (finished - from) / 1000, endedAfterSeconds: (finished - started) / 1000 }],
  );
  return {
    seconds: Math.max(...stages.map(({ endedAfterSeconds }) => endedAfterSeconds)),
    surveySeconds: surveyed === null ? null : (surveyed - started) / 1000,
    stages: stages.toSorted((a, b) => a.endedAfterSeconds - b.endedAfterSeconds),
    tenthsAfterSeconds: (await tenths(stores.superuser, sessionId, state.messages)).map((at) => (at - started) / 1000),
    conversations: state.conversations,
    messages: state.messages,
    items: state.items,
    issues: state.issues,
    workerCpuSeconds: (workerAfter.cpuMilliseconds - worked.cpuMilliseconds) / 1000,
    serverCpuSeconds: (serverAfter.cpuMilliseconds - served.cpuMilliseconds) / 1000,
    workerPeakBytes: workerAfter.peakBytes,
    workerIdleBytes: worked.peakBytes,
  };
}

function isFinished({ status, stages }: SessionState, through: 'PARSE' | 'DONE'): boolean {
  if (through === 'DONE') return status === 'COMPLETED';
  return stages.some(({ stage, finished }) => stage === 'PARSE' && finished !== null);
}
