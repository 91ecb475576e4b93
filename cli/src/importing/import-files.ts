import type { Connection } from '../client/connection.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import type { Output } from '../output.ts';
import { createProgressView, LineView, type ProgressView } from '../progress/view.ts';
import type { ImportFile } from './files.ts';
import { type ImportOutcome, importFile } from './import-file.ts';
import { resultOfError } from './result.ts';

/** How an import of several files is run and shown. */
export interface ImportOptions {
  /** Results as JSON lines on stdout, progress as plain lines on stderr. */
  json: boolean;
  /** Whether to follow each session to its end. */
  wait: boolean;
  /** Where each file's progress is shown; by default a bar or lines on stdout. */
  view?: () => ProgressView;
}

/** Imports files one after the other, a bar each. When the platform is lost, the remaining ones are not tried. */
export async function importFiles(
  connection: Connection,
  files: readonly ImportFile[],
  output: Output,
  options: ImportOptions,
): Promise<ImportOutcome[]> {
  const outcomes: ImportOutcome[] = [];
  let lost: ImportOutcome['error'] = null;
  for (const file of files) {
    const outcome: ImportOutcome = lost
      ? { result: resultOfError(file.path, lost, null, 0), error: lost }
      : await importOne(connection, file, output, options);
    outcomes.push(outcome);
    if (outcome.error && outcome.error.exitCode !== EXIT.failed) lost = outcome.error;
    if (options.json) output.json(outcome.result);
    // After an intended stop the lost connection is no news.
    if (outcome.error && !connection.signal?.aborted) {
      output.remark(
        `${output.styleRemark('red', 'error:')} ${file.path}: ${outcome.error.code}: ${outcome.error.message}`,
      );
    }
  }
  return outcomes;
}

async function importOne(
  connection: Connection,
  file: ImportFile,
  output: Output,
  options: ImportOptions,
): Promise<ImportOutcome> {
  const view = options.view?.() ?? defaultView(output, options.json);
  const noting = { ...connection, onRetry: (reason: string) => view.remark(`${reason} Trying again.`) };
  return importFile(noting, file, view, { wait: options.wait });
}

function defaultView(output: Output, json: boolean): ProgressView {
  return json ? new LineView(output.stderr) : createProgressView(output.stdout, output.style);
}

/** 0 when every session is COMPLETED or, without waiting, none has failed; 3 and 4 when the platform was lost or refused. */
export function exitCodeOf(outcomes: readonly ImportOutcome[], waited: boolean): ExitCode {
  const lost = outcomes.find((outcome) => outcome.error && outcome.error.exitCode !== EXIT.failed)?.error;
  if (lost) return lost.exitCode;
  const good = ({ result }: ImportOutcome) =>
    result.status === 'COMPLETED' || (!waited && (result.status === 'PENDING' || result.status === 'PROCESSING'));
  return outcomes.every(good) ? EXIT.done : EXIT.failed;
}
