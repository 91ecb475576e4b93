/** Why an HTTP exchange gave no answer. `aborted`: whoever asked is gone. */
export type ExchangeFault = 'connection' | 'protocol' | 'timeout' | 'too_large' | 'aborted';

/** An HTTP exchange without an answer. For the log: the message may name addresses. */
export class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
  readonly code: ExchangeFault;
  constructor(code: ExchangeFault, message: string, cause?: unknown) {
    super(message);
    this.code = code;
    if (cause !== undefined) this.cause = cause;
  }
}
