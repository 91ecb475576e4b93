import { checksum } from '../client/checksum.ts';
import type { Connection } from '../client/connection.ts';
import { followSession } from '../client/follow.ts';
import { putArchive } from '../client/upload.ts';
import { CliError, RefusedError } from '../exit.ts';
import { createArchiveUpload, importArchive } from '../operations/archive.ts';
import { isTerminal, readSession, type Session } from '../operations/session.ts';
import { ProgressTracker } from '../progress/state.ts';
import type { ProgressView } from '../progress/view.ts';
import type { ImportFile } from './files.ts';
import { type ImportResult, resultOfError, resultOfSession } from './result.ts';

/** How a file's import ended, with the error when it was refused, failed or was lost sight of. */
export interface ImportOutcome {
  result: ImportResult;
  error: CliError | null;
}

/**
 * Reads, announces, sends and imports one file, and follows its session unless `wait` is false. An expected failure is
 * part of the outcome, so that further files still have their turn; anything else is thrown.
 */
export async function importFile(
  connection: Connection,
  file: ImportFile,
  view: ProgressView,
  options: { wait: boolean },
): Promise<ImportOutcome> {
  const startedAt = performance.now();
  const elapsed = () => (performance.now() - startedAt) / 1000;
  const tracker = new ProgressTracker(file.name);
  let session: Session | null = null;
  try {
    const archiveId = await upload(connection, file, tracker, view);
    const started = await importArchive(connection, archiveId);
    session = started.session;
    if (started.alreadyImported) view.remark(`${file.name}: these bytes are known already, as session ${session.id}.`);
    if (options.wait && !isTerminal(session.status)) {
      for await (const event of followSession(connection, session.id, { after: null, withItems: false })) {
        view.show(tracker.event(event));
      }
      session = await readSession(connection, session.id);
    }
    return { result: resultOfSession(file.path, session, elapsed()), error: failureOf(session) };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { result: resultOfError(file.path, error, session?.id ?? null, elapsed()), error };
  } finally {
    view.end();
  }
}

function failureOf(session: Session): CliError | null {
  if (session.status !== 'FAILED') return null;
  return new RefusedError(session.errorCode ?? 'FAILED', session.errorMessage ?? 'The platform gives no reason.');
}

async function upload(
  connection: Connection,
  file: ImportFile,
  tracker: ProgressTracker,
  view: ProgressView,
): Promise<string> {
  const show = (stage: 'READING' | 'UPLOADING', total: number) => (done: number) =>
    view.show(tracker.bytes(stage, done, total, Date.now()));
  const { sha256, byteSize } = await checksum(file.path, show('READING', file.byteSize));
  const { archiveId, uploadUrl } = await createArchiveUpload(connection, { fileName: file.name, byteSize, sha256 });
  if (uploadUrl !== null) {
    await putArchive(connection, uploadUrl, { path: file.path, byteSize, onBytes: show('UPLOADING', byteSize) });
  }
  return archiveId;
}
