import { CliError, InterruptedError } from '../exit.ts';

/** Ctrl-C, once: what is under way is told to stop. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Ends the watch; Ctrl-C then ends the process, as it does without one. */
  release(): void;
}

/** Watches for the first Ctrl-C. A second one ends the process at once. */
export function watchInterruption(onInterrupt: () => void, source: NodeJS.EventEmitter = process): Interruption {
  const controller = new AbortController();
  const stop = () => {
    onInterrupt();
    controller.abort(new InterruptedError());
  };
  source.once('SIGINT', stop);
  return { signal: controller.signal, release: () => void source.off('SIGINT', stop) };
}

/** Why the signal fired, as the error that a command ends with; null while it has not. */
export function stopReason(signal: AbortSignal | undefined): CliError | null {
  if (!signal?.aborted) return null;
  return signal.reason instanceof CliError ? signal.reason : new InterruptedError();
}
