import { RefusedError } from '../src/exit.ts';
import type { ImportFile } from '../src/importing/files.ts';
import type { ImportOutcome } from '../src/importing/import-file.ts';
import { type ImportResult, resultOfSession } from '../src/importing/result.ts';
import { session } from '../src/operations/session.ts';
import { fakeSession } from './fake-platform.ts';

/** A file of so many bytes. */
export function aFile(label: string, byteSize = 1_000_000): ImportFile {
  return { path: `/exports/${label}`, name: label, label, byteSize };
}

/** An import that ended as COMPLETED, but for the fields given. */
export function anOutcome(
  fields: Partial<ImportResult> = {},
  outcome: Partial<Omit<ImportOutcome, 'result'>> = {},
): ImportOutcome {
  const ended = session.parse(fakeSession('COMPLETED'));
  const result = { ...resultOfSession('export.zip', ended, { seconds: 2.5, alreadyImported: false }), ...fields };
  return { result, error: null, doneBefore: false, ...outcome };
}

/** A file that the platform refused. */
export function aRefusal(file: string, code = 'UNSUPPORTED_FORMAT'): ImportOutcome {
  const error = new RefusedError(code, 'This is no chat export. Supported: all that is one.');
  return anOutcome({ file, status: 'FAILED', code, sessionId: null, issues: 0 }, { error });
}
