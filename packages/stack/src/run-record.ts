import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from './errors.ts';
import { homePaths } from './home.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { identityOf, type ProcessIdentity, parseIdentity } from './process-identity.ts';

/** A child that runs in a process group of its own, noted under `<home>/run` while it lives. */
export interface RunRecord extends ProcessIdentity {
  readonly name: string;
  readonly stopSignal: StopSignal;
}

export type StopSignal = 'SIGTERM' | 'SIGINT';

/** Notes a child. Nothing is noted when it has already ended. */
export function recordRun(home: string, name: string, pid: number, stopSignal: StopSignal): RunRecord | null {
  const identity = identityOf(pid);
  if (identity === null) return null;
  const record = { name, stopSignal, ...identity };
  writeJsonFile(recordFile(home, name), record);
  return record;
}

export function forgetRun(home: string, name: string): void {
  rmSync(recordFile(home, name), { force: true });
}

/** Everything noted, whether it still lives or not. */
export function listRuns(home: string): RunRecord[] {
  return recordNames(home).flatMap((name) => {
    const value = readJsonFile(recordFile(home, name));
    const identity = parseIdentity(value);
    if (identity === null) return [];
    const interrupt =
      typeof value === 'object' && value !== null && 'stopSignal' in value && value.stopSignal === 'SIGINT';
    return [{ ...identity, name, stopSignal: interrupt ? 'SIGINT' : 'SIGTERM' } as const];
  });
}

function recordNames(home: string): string[] {
  try {
    const files = readdirSync(homePaths(home).run);
    return files.filter((file) => file.endsWith('.pid')).map((file) => file.slice(0, -'.pid'.length));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

function recordFile(home: string, name: string): string {
  return join(homePaths(home).run, `${name}.pid`);
}
