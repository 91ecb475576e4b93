import { isNativeError } from 'node:util/types';

/** Why the stack could not do what was asked; `code` is stable, the message is for people and says what to do. */
export class StackError extends Error {
  readonly code: StackErrorCode;
  constructor(code: StackErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StackError';
    this.code = code;
  }
}

export type StackErrorCode =
  /** A program that has to be on the machine is not. */
  | 'PROGRAM_MISSING'
  /** A program that installs something ended with an error. */
  | 'COMMAND_FAILED'
  /** What was installed does not work. */
  | 'INSTALL_BROKEN'
  /** No native way on this platform. */
  | 'UNSUPPORTED_PLATFORM'
  /** Another process runs a stack in the same home. */
  | 'HOME_IN_USE'
  /** No free port was found. */
  | 'NO_FREE_PORT'
  /** The store does not answer a health check. */
  | 'UNHEALTHY'
  /** The stack was stopped while something was under way. */
  | 'STOPPED';

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  return isNativeError(error) ? error.message : String(error);
}

/** The system's code of an error (`ENOENT` ...), or null. */
export function systemCode(error: unknown): string | null {
  return isNativeError(error) && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
