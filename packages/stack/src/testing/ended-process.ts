import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { identityOf, type ProcessIdentity } from '../process-identity.ts';

/** The identity of a process that has ended. */
export async function endedProcess(): Promise<ProcessIdentity> {
  const child = spawn('sleep', ['60']);
  const identity = identityOf(child.pid ?? 0);
  child.kill('SIGKILL');
  await once(child, 'exit');
  if (identity === null) throw new Error('The process ended before it was looked at.');
  return identity;
}
