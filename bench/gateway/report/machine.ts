import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';

/** Where and when a run took place. */
export interface Machine {
  /** UTC, such as 2026-11-22. */
  date: string;
  processor: string;
  cores: number;
  memoryGib: number;
  kernel: string;
  node: string;
  /** The load of the machine before the run, over 1, 5 and 15 minutes. */
  loadBefore: string;
}

export function describeMachine(): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    kernel: `Linux ${release()}`,
    node: process.version,
    loadBefore: readFileSync('/proc/loadavg', 'utf8').split(' ').slice(0, 3).join(' '),
  };
}
