import type { Session } from '../operations/session.ts';

/** What a person can do about the way an archive failed, by the beginning of the error's code. */
const REMEDIES: readonly [prefix: string, remedy: string][] = [
  ['TRUNCATED_ARCHIVE', 'The file ends too early: download the export again, then import that file.'],
  ['ZIP_ENCRYPTED', 'Unpack the archive with its password, then import what was in it.'],
  ['ZIP_', 'The ZIP file is damaged or not what it says: download the export again, then import that file.'],
  ['INVALID_', 'The file is damaged: download the export again, then import that file.'],
  ['EMPTY_FILE', 'The file is empty: download the export again, then import that file.'],
  ['LIMIT_EXCEEDED', 'The archive is larger than is allowed: import it in parts.'],
  ['UNSUPPORTED_FORMAT', 'Import the file that the product exported, as it is.'],
];

/** What to do next about a session; null when there is nothing to do. */
export function nextStep({ id, status, errorCode, waitingFor }: Session): string | null {
  switch (status) {
    case 'COMPLETED':
      return null;
    case 'PENDING':
    case 'PROCESSING':
      return waitingFor
        ? 'It goes on by itself when that is back; `colloquy doctor` shows the state of every part.'
        : `\`colloquy watch ${id}\` shows it live; \`colloquy cancel ${id}\` stops it.`;
    case 'CANCELLED':
      return `\`colloquy retry ${id}\`: it goes on where it was.`;
    case 'FAILED':
      return (
        REMEDIES.find(([prefix]) => errorCode?.startsWith(prefix))?.[1] ??
        `\`colloquy retry ${id}\`: it goes on where it was. The logs are in COLLOQUY_HOME/logs.`
      );
  }
}
