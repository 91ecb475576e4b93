import type { Connection } from '../client/connection.ts';
import { type CliError, EXIT, type ExitCode, InterruptedError } from '../exit.ts';
import type { BatchView } from './batch-view.ts';
import type { ImportFile } from './files.ts';
import { Gate } from './gate.ts';
import { type ImportOutcome, type ImportRun, importFile } from './import-file.ts';
import { stopReason } from './interruption.ts';
import { resultWithout } from './result.ts';
import { inTurn, type Turn } from './turns.ts';
import { Uploader } from './uploader.ts';

/** How an import of several files is run. */
export interface ImportOptions {
  /** Whether to follow each session to its end. */
  wait: boolean;
  /** Files that are read and sent at once. */
  uploads: number;
  /** Files that are under way at once, sent ones included; each is followed over a connection of its own. */
  underWay: number;
  /** Told of every outcome, in the order of the files. */
  onOutcome?: (outcome: ImportOutcome) => void;
}

/**
 * Imports files beside each other and gives their outcomes in their order, in which the platform reads them too. When the
 * platform is lost, or the connection's signal fires, all that is under way ends and the rest is not tried.
 */
export async function importFiles(
  connection: Connection,
  files: readonly ImportFile[],
  view: BatchView,
  options: ImportOptions,
): Promise<ImportOutcome[]> {
  const run: ImportRun = { uploader: new Uploader(), sending: new Gate(options.uploads), wait: options.wait };
  const outcomes: (ImportOutcome | undefined)[] = files.map(() => undefined);
  const gate = new Gate(options.underWay);
  const turns = inTurn(files.length);
  const stop = new AbortController();
  const signal = connection.signal ? AbortSignal.any([connection.signal, stop.signal]) : stop.signal;
  let told = 0;
  const importOne = async (file: ImportFile, turn: Turn, place: number) => {
    const reason = stopReason(signal);
    const outcome = reason
      ? notTried(file, reason)
      : await importFile({ ...connection, signal }, file, { view: view.file(file), turn }, run);
    turn.pass();
    if (outcome.error && outcome.error.exitCode !== EXIT.failed) stop.abort(outcome.error);
    view.ended(file, outcome);
    outcomes[place] = outcome;
    for (let next = outcomes[told]; next; next = outcomes[told]) {
      options.onOutcome?.(next);
      told += 1;
    }
  };
  const settled = await Promise.allSettled(
    files.map((file, place) => gate.pass(() => importOne(file, turns[place] as Turn, place))),
  );
  view.end();
  const broken = settled.find((one) => one.status === 'rejected');
  if (broken) throw broken.reason;
  return outcomes.filter((outcome) => outcome !== undefined);
}

function notTried(file: ImportFile, error: CliError): ImportOutcome {
  const status = error instanceof InterruptedError ? 'PENDING' : 'FAILED';
  const end = { sessionId: null, status, error, seconds: 0, alreadyImported: false } as const;
  return { result: resultWithout(file.path, end), error, doneBefore: false };
}

/**
 * 0 when every session is COMPLETED or, without waiting, none has failed; 3, 4 and 130 when the platform was lost,
 * refused the token, or a person stopped the command.
 */
export function exitCodeOf(outcomes: readonly ImportOutcome[], waited: boolean): ExitCode {
  const lost = outcomes.find(({ error }) => error && error.exitCode !== EXIT.failed)?.error;
  if (lost) return lost.exitCode;
  const good = ({ result }: ImportOutcome) =>
    result.status === 'COMPLETED' || (!waited && (result.status === 'PENDING' || result.status === 'PROCESSING'));
  return outcomes.every(good) ? EXIT.done : EXIT.failed;
}
