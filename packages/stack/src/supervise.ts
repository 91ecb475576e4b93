import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Backoff, DEFAULT_BACKOFF, delayAfter } from './backoff.ts';
import { messageOf, StackError } from './errors.ts';
import { logFile, openLog } from './log-file.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { forgetRun, recordRun, type StopSignal } from './run-record.ts';
import { terminate } from './terminate.ts';

export interface LaunchCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment of the child: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** The account to run under, for root only. */
  readonly account?: { readonly uid: number; readonly gid: number };
}

export interface SuperviseOptions {
  /** Unique in the home; names the log file and the note under `<home>/run`. */
  readonly name: string;
  readonly home: string;
  /** Asked before every start, so that a restart can repair or move what it starts from. */
  launch(): Promise<LaunchCommand> | LaunchCommand;
  readonly stopSignal?: StopSignal;
  /** Milliseconds between the stop signal and SIGKILL. */
  readonly stopLimitMs?: number;
  readonly backoff?: Backoff;
  /** One printable line when the child ended by itself, or could not be started. */
  onLine(line: string): void;
  /** The child was started (again). */
  onStart?(pid: number): void;
  /** The child ended by itself; it is started again after `delayMs`. */
  onEnd?(reason: string, delayMs: number): void;
}

export interface SupervisedProcess {
  readonly name: string;
  /** The present child, or null between two of them. */
  readonly pid: number | null;
  /** How often it was started again. */
  readonly restarts: number;
  /** Where its output goes. */
  readonly logFile: string;
  /** Ends the child, with its process group, and the supervision. */
  stop(): Promise<void>;
}

/**
 * Keeps a program running in a process group of its own. When it ends by itself it is started again, after a delay that
 * doubles while it keeps ending at once. Its output is appended to `<home>/logs/<name>.log`.
 */
export function superviseProcess(options: SuperviseOptions): SupervisedProcess {
  const backoff = options.backoff ?? DEFAULT_BACKOFF;
  const stopping = new AbortController();
  let running: ProcessIdentity | null = null;
  let starts = 0;

  const runOnce = async (): Promise<string> => {
    const launch = await options.launch();
    if (stopping.signal.aborted) return 'stopped';
    const child = start(options, launch);
    const ended = endOf(child);
    if (child.pid !== undefined) {
      starts += 1;
      running = recordRun(options.home, options.name, child.pid, options.stopSignal ?? 'SIGTERM');
      options.onStart?.(child.pid);
    }
    const reason = await ended;
    running = null;
    forgetRun(options.home, options.name);
    return reason;
  };

  const supervise = async (): Promise<void> => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const startedAt = Date.now();
      const reason = await runOnce().catch((error: unknown) => `could not be started: ${messageOf(error)}`);
      if (stopping.signal.aborted) return;
      failures = Date.now() - startedAt >= backoff.steadyMs ? 1 : failures + 1;
      const delayMs = delayAfter(failures, backoff);
      options.onLine(
        `${options.name} ${reason}; starting it again in ${delayMs / 1000} s (log: ${logFile(options.home, options.name)})`,
      );
      options.onEnd?.(reason, delayMs);
      await sleep(delayMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const supervision = supervise();

  return {
    name: options.name,
    logFile: logFile(options.home, options.name),
    get pid() {
      return running?.pid ?? null;
    },
    get restarts() {
      return Math.max(0, starts - 1);
    },
    async stop() {
      stopping.abort(new StackError('STOPPED', `${options.name} was stopped.`));
      if (running !== null) {
        const { stopSignal = 'SIGTERM', stopLimitMs = 10_000 } = options;
        const killed = await terminate(running, { stopSignal, limitMs: stopLimitMs });
        if (killed) options.onLine(`${options.name} did not stop within ${stopLimitMs / 1000} s and was killed`);
      }
      await supervision;
    },
  };
}

function start(options: SuperviseOptions, launch: LaunchCommand): ChildProcess {
  const log = openLog(options.home, options.name);
  try {
    return spawn(launch.command, launch.args, {
      detached: true,
      stdio: ['ignore', log, log],
      env: launch.env,
      ...(launch.cwd === undefined ? {} : { cwd: launch.cwd }),
      ...launch.account,
    });
  } finally {
    closeSync(log);
  }
}

async function endOf(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    return code === null ? `was ended by ${signal}` : `ended with code ${code}`;
  } catch (error) {
    return `could not be started: ${messageOf(error)}`;
  }
}
