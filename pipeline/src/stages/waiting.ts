/** A part that the stage needs is away. The stage keeps what it has, says what it waits for, and goes on later. */
export class WaitingError extends Error {
  override readonly name = 'WaitingError';
  readonly code = 'WAITING';
  /** The part and why, in words for a person. */
  readonly waitingFor: string;

  constructor(waitingFor: string, options?: ErrorOptions) {
    super(waitingFor, options);
    this.waitingFor = waitingFor;
  }
}
