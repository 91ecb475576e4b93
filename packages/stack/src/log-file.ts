import { openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from './errors.ts';
import { homePaths } from './home.ts';

/** Bytes after which a log is put aside when its program starts again. */
const ROTATE_AT = 20 * 1024 * 1024;

export function logFile(home: string, name: string): string {
  return join(homePaths(home).logs, `${name}.log`);
}

/** Opens the log for appending (mode 0600); a long one is first renamed to `<name>.log.1`. */
export function openLog(home: string, name: string): number {
  const file = logFile(home, name);
  if (sizeOf(file) > ROTATE_AT) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

/** The last lines of a log that say something, for an error message. */
export function lastLines(home: string, name: string, count: number): string[] {
  if (sizeOf(logFile(home, name)) === 0) return [];
  const lines = readFileSync(logFile(home, name), 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').slice(-count);
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 0;
    throw error;
  }
}
