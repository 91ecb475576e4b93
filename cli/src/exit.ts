/** What the process says by its exit code; `colloquy --help` lists the same. */
export const EXIT = { done: 0, failed: 1, usage: 2, unreachable: 3, notAllowed: 4, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An expected end of a command: a message for a person, a code for a program, an exit code for a shell. */
export class CliError extends Error {
  override readonly name: string = 'CliError';
  readonly code: string;
  readonly exitCode: ExitCode;

  constructor(code: string, message: string, exitCode: ExitCode = EXIT.failed, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.exitCode = exitCode;
  }
}

/** The command line, a setting or a named file is wrong. */
export class UsageError extends CliError {
  override readonly name = 'UsageError';
  constructor(message: string) {
    super('USAGE', message, EXIT.usage);
  }
}

/** Nobody answers at COLLOQUY_URL, or only a proxy does. Worth another try. */
export class PlatformUnreachableError extends CliError {
  override readonly name = 'PlatformUnreachableError';
  /** What happened, in a few words. */
  readonly reason: string;

  constructor(url: string, reason: string, options?: ErrorOptions) {
    super(
      'PLATFORM_UNREACHABLE',
      `The platform at ${url} does not answer (${reason}). Start it with \`npm start\`, or set COLLOQUY_URL to the one you mean.`,
      EXIT.unreachable,
      options,
    );
    this.reason = reason;
  }
}

/** The platform answers, but one of its stores or subgraphs is away. Worth another try. */
export class PartAwayError extends CliError {
  override readonly name = 'PartAwayError';
  constructor(part: string, reason: string) {
    super(
      'STORE_UNAVAILABLE',
      `${part} is not available: ${reason} \`colloquy doctor\` shows the state of every part.`,
    );
  }
}

/** The token is missing, expired, of another secret, or its role does not suffice. */
export class NotAllowedError extends CliError {
  override readonly name = 'NotAllowedError';
  constructor(reason: string) {
    super(
      'NOT_ALLOWED',
      `The platform refused the token: ${reason} Make one with \`colloquy token\` and set COLLOQUY_TOKEN, or unset COLLOQUY_TOKEN to use the local one.`,
      EXIT.notAllowed,
    );
  }
}

/** A person stopped the command with Ctrl-C. */
export class InterruptedError extends CliError {
  override readonly name = 'InterruptedError';
  constructor() {
    super('INTERRUPTED', 'Stopped by Ctrl-C.', EXIT.interrupted);
  }
}

/** An expected failure that the platform answered with: `code` is the platform's own. */
export class RefusedError extends CliError {
  override readonly name = 'RefusedError';
}
