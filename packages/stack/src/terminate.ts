import { setTimeout as sleep } from 'node:timers/promises';
import { systemCode } from './errors.ts';
import { isAlive, type ProcessIdentity } from './process-identity.ts';
import type { StopSignal } from './run-record.ts';

export interface TerminateOptions {
  readonly stopSignal?: StopSignal;
  /** Milliseconds until SIGKILL. */
  readonly limitMs?: number;
}

const POLL_MS = 20;

/**
 * Ends a process that leads a process group, and its group: asks first, kills after the limit. Returns whether it had
 * to be killed. A process that is not the noted one any more is left alone.
 */
export async function terminate(target: ProcessIdentity, options: TerminateOptions = {}): Promise<boolean> {
  if (!isAlive(target)) return false;
  signalGroup(target.pid, options.stopSignal ?? 'SIGTERM');
  const ended = await waitForEnd(target, options.limitMs ?? 10_000);
  // Also after a clean end: a member of the group may have outlived its leader.
  signalGroup(target.pid, 'SIGKILL');
  if (!ended) await waitForEnd(target, 5_000);
  return !ended;
}

/** Waits until the process has ended; false when it has not within the limit (milliseconds). */
export async function waitForEnd(target: ProcessIdentity, limitMs: number): Promise<boolean> {
  const deadline = Date.now() + limitMs;
  while (isAlive(target)) {
    if (Date.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

/** Sends a signal to a process group; a group without members is no error. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch (error) {
    // macOS answers EPERM for a group whose members have all ended.
    if (!['ESRCH', 'EPERM'].includes(systemCode(error) ?? '')) throw error;
  }
}
