import { homePaths } from './home.ts';
import { lockHolder } from './lock.ts';
import { isAlive } from './process-identity.ts';
import { forgetRun, listRuns, type RunRecord } from './run-record.ts';
import { terminate, waitForEnd } from './terminate.ts';

/** PostgreSQL goes last: everything else may still be writing to it. */
const LAST = 'postgres';

/**
 * Ends whatever an earlier run left behind in a home whose stack nobody runs any more. Returns the names of what was
 * still alive.
 */
export async function endLeftovers(home: string): Promise<string[]> {
  const records = listRuns(home);
  const alive = records.filter(isAlive);
  const end = async (record: RunRecord) => {
    await terminate(record, { stopSignal: record.stopSignal, limitMs: 20_000 });
  };
  await Promise.all(alive.filter(({ name }) => name !== LAST).map(end));
  await Promise.all(alive.filter(({ name }) => name === LAST).map(end));
  for (const { name } of records) forgetRun(home, name);
  return alive.map(({ name }) => name);
}

/**
 * Stops everything that runs in a home: the process that runs its stack, if one does (it stops its children itself),
 * and then whatever is left. Returns the names of what was stopped; `platform` is that process.
 */
export async function stopLeftovers(home: string): Promise<string[]> {
  const holder = lockHolder(homePaths(home).lockFile);
  const stopped: string[] = [];
  if (holder !== null && holder.pid !== process.pid) {
    process.kill(holder.pid, 'SIGTERM');
    if (!(await waitForEnd(holder, 60_000))) process.kill(holder.pid, 'SIGKILL');
    await waitForEnd(holder, 5_000);
    stopped.push('platform');
  }
  return [...stopped, ...(await endLeftovers(home))];
}
