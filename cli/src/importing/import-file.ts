import type { Connection } from '../client/connection.ts';
import { followSession } from '../client/follow.ts';
import { CliError, InterruptedError, RefusedError } from '../exit.ts';
import { importArchive } from '../operations/archive.ts';
import { isTerminal, readSession, type Session } from '../operations/session.ts';
import { ProgressTracker } from '../progress/state.ts';
import type { ProgressView } from '../progress/view.ts';
import type { ImportFile } from './files.ts';
import type { Gate } from './gate.ts';
import { stopReason } from './interruption.ts';
import { type ImportResult, resultOfSession, resultWithout } from './result.ts';
import type { Turn } from './turns.ts';
import type { Uploader } from './uploader.ts';

/** How a file's import ended, with the error when it was refused, failed, was left or was lost sight of. */
export interface ImportOutcome {
  result: ImportResult;
  error: CliError | null;
  /** Whether it was COMPLETED before this command began: nothing was sent and nothing was waited for. */
  doneBefore: boolean;
}

/** How files reach the platform. */
export interface ImportRun {
  uploader: Uploader;
  /** Limits how many files are read and sent at once. */
  sending: Gate;
  /** Whether to follow each session to its end. */
  wait: boolean;
}

/** Where an import is shown, and when it may begin on the platform. */
export interface ImportPlace {
  view: ProgressView;
  turn: Turn;
}

/**
 * Reads, announces, sends and imports one file, and follows its session unless `wait` is false. An expected failure is
 * part of the outcome, so that further files still have their turn; anything else is thrown. Files are sent as they come,
 * but extractions are asked for in turn: of two exports of one account the later must not be read before the earlier.
 */
export async function importFile(
  connection: Connection,
  file: ImportFile,
  { view, turn }: ImportPlace,
  run: ImportRun,
): Promise<ImportOutcome> {
  const startedAt = performance.now();
  const seen = { session: null as Session | null, alreadyImported: false };
  const seconds = () => (performance.now() - startedAt) / 1000;
  try {
    const tracker = new ProgressTracker(file.label);
    const archiveId = await run.sending.pass(() => send(connection, file, tracker, view, run));
    await turn.come;
    const { session: found, alreadyImported } = await importArchive(connection, archiveId).finally(turn.pass);
    Object.assign(seen, { session: found, alreadyImported });
    const doneBefore = alreadyImported && found.status === 'COMPLETED';
    const session = run.wait && !isTerminal(found.status) ? await follow(connection, found, tracker, view) : found;
    const result = resultOfSession(file.path, session, { seconds: seconds(), alreadyImported });
    return { result, error: failureOf(session), doneBefore };
  } catch (caught) {
    const error = stopReason(connection.signal) ?? caught;
    if (!(error instanceof CliError)) throw error;
    const left = error instanceof InterruptedError;
    const status = left ? (seen.session?.status ?? 'PENDING') : 'FAILED';
    const sessionId = seen.session?.id ?? null;
    const end = { sessionId, status, error, seconds: seconds(), alreadyImported: seen.alreadyImported };
    return { result: resultWithout(file.path, end), error, doneBefore: false };
  } finally {
    turn.pass();
    view.end();
  }
}

async function send(
  connection: Connection,
  file: ImportFile,
  tracker: ProgressTracker,
  view: ProgressView,
  { uploader }: ImportRun,
): Promise<string> {
  connection.signal?.throwIfAborted();
  const archiveId = await uploader.upload(connection, file, (stage, done, total) =>
    view.show(tracker.bytes(stage, done, total, Date.now())),
  );
  view.show(tracker.sent({ stage: 'QUEUED', status: 'PENDING', fraction: 0 }));
  return archiveId;
}

async function follow(
  connection: Connection,
  session: Session,
  tracker: ProgressTracker,
  view: ProgressView,
): Promise<Session> {
  view.show(tracker.sent(session));
  for await (const event of followSession(connection, session.id, { after: null, withItems: false })) {
    view.show(tracker.event(event));
  }
  return readSession(connection, session.id);
}

function failureOf(session: Session): CliError | null {
  if (session.status !== 'FAILED') return null;
  return new RefusedError(session.errorCode ?? 'FAILED', session.errorMessage ?? 'The platform gives no reason.');
}
