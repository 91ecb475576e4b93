import { storeFull, storeUnavailable } from '../errors.ts';

/** EFBIG: larger than the file system or a limit of the process lets a file become. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
/** What a disk, a network file system or a mount says when it is not what it was. */
const AWAY: Readonly<Record<string, string>> = {
  ENOENT: 'lost its folder',
  EIO: 'reports a fault of its disk',
  ENXIO: 'reports a fault of its disk',
  ENODEV: 'lost its disk',
  EROFS: 'is read-only now',
  EACCES: 'does not let this process in',
  EPERM: 'does not let this process in',
  ESTALE: 'lost its network file system',
  ENOTCONN: 'lost its network file system',
  EHOSTDOWN: 'lost its network file system',
  EHOSTUNREACH: 'lost its network file system',
  ETIMEDOUT: 'does not answer',
  EMFILE: 'cannot be used: too many files are open',
  ENFILE: 'cannot be used: too many files are open',
};

export const systemCode = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | null)?.code;

/**
 * What an error of a file operation means for the store; errors that mean nothing to it are returned as they are. Where
 * ENOENT can mean that one object is absent the caller looks at it first.
 */
export function fileStoreError(error: unknown): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  if (FULL.has(code)) return storeFull(error);
  const what = AWAY[code];
  return what === undefined ? error : storeUnavailable(`${what} (${code})`, error);
}

/** Runs file operations and throws what their errors mean. */
export async function asStore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileStoreError(error);
  }
}
