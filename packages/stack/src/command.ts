import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { userEnvironment } from './environment.ts';
import { StackError, systemCode } from './errors.ts';
import { identityOf } from './process-identity.ts';
import { forgetRun, recordRun } from './run-record.ts';
import { terminate } from './terminate.ts';

export interface CommandOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Replaces the user's own environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly account?: { readonly uid: number; readonly gid: number };
  /** Where the command is noted while it runs, so that it does not outlive a killed parent. */
  readonly note?: { readonly home: string; readonly name: string };
  /** Lets everything else on the machine go first. */
  readonly background?: boolean;
  readonly signal?: AbortSignal;
  /** Every line of its output, both streams. */
  onLine?(line: string): void;
}

/** How many of the last lines are kept for an error message. */
const KEPT_LINES = 12;

/**
 * Runs a command to its end and returns its standard output. Throws `COMMAND_FAILED` with its last lines, or `STOPPED`
 * when the signal aborts (its whole process group is then gone).
 */
export async function runCommand(options: CommandOptions): Promise<string> {
  if (options.signal?.aborted) throw new StackError('STOPPED', `${options.command} was not started.`);
  const child = spawn(options.command, options.args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: options.env ?? userEnvironment(),
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...options.account,
  });
  const closed = once(child, 'close') as Promise<[number | null, string | null]>;
  const { note } = options;
  const identity = child.pid === undefined ? null : identityOf(child.pid);
  if (note && identity) recordRun(note.home, note.name, identity.pid, 'SIGTERM');
  const abort = () => identity && terminate(identity, { limitMs: 3_000 });
  options.signal?.addEventListener('abort', abort, { once: true });
  if (options.background && child.pid) lowerPriority(child.pid);
  const tail: string[] = [];
  const output: string[] = [];
  readLines(child.stdout, (line) => {
    output.push(line);
    tail.push(line);
    options.onLine?.(line);
  });
  readLines(child.stderr, (line) => {
    tail.push(line);
    options.onLine?.(line);
  });
  try {
    const [code, signal] = await closed;
    if (options.signal?.aborted) throw new StackError('STOPPED', `${options.command} was stopped.`);
    if (code !== 0) throw failure(options, code === null ? `was ended by ${signal}` : `ended with code ${code}`, tail);
    return output.join('\n');
  } finally {
    options.signal?.removeEventListener('abort', abort);
    if (note) forgetRun(note.home, note.name);
  }
}

function failure(options: CommandOptions, reason: string, tail: readonly string[]): StackError {
  const said = tail.filter((line) => line.trim() !== '').slice(-KEPT_LINES);
  return new StackError(
    'COMMAND_FAILED',
    [`\`${options.command} ${options.args[0] ?? ''}\` ${reason}:`, ...said].join('\n  '),
  );
}

function readLines(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream }).on('line', onLine);
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch (error) {
    // It may have ended already; running at normal priority is no fault either.
    if (!['ESRCH', 'EACCES', 'EPERM'].includes(systemCode(error) ?? '')) throw error;
  }
}
