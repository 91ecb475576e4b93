import type { Log } from './log.ts';

/** From the first moment of a server to its last. */
export type ServiceState =
  | { phase: 'starting' }
  | { phase: 'serving'; steps: readonly DrainStep[] }
  | { phase: 'draining'; finished: Promise<void> }
  | { phase: 'stopped'; failures: readonly unknown[] };

/** One thing to let go of. `deadline` fires when there is no more time to be polite. */
export interface DrainStep {
  name: string;
  run(deadline: AbortSignal): Promise<void> | void;
}

export interface Lifecycle {
  readonly state: ServiceState;
  /** True once the server is on its way out: answers then tell clients to go elsewhere. */
  readonly leaving: boolean;
  /** The server answers; `steps` undo, in their order, what starting it did. */
  serve(steps: readonly DrainStep[]): void;
  /**
   * Lets go of everything, once, however often it is called. Announces it first: for `announceMilliseconds` the server
   * still answers, but reports itself as not ready. Every step runs, also after another failed; failures are logged.
   */
  drain(options?: { announceMilliseconds?: number; graceMilliseconds?: number }): Promise<void>;
}

const GRACE_MILLISECONDS = 7000;

export function createLifecycle(log: Log): Lifecycle {
  let state: ServiceState = { phase: 'starting' };

  async function runSteps(steps: readonly DrainStep[], announce: number, grace: number): Promise<void> {
    if (announce > 0) await new Promise((resolve) => setTimeout(resolve, announce));
    const deadline = AbortSignal.timeout(grace);
    const failures: unknown[] = [];
    for (const step of steps) {
      try {
        await step.run(deadline);
        log.debug({ step: step.name }, 'let go of a part');
      } catch (error) {
        failures.push(error);
        log.error({ err: error, step: step.name }, 'could not let go of a part');
      }
    }
    state = { phase: 'stopped', failures };
  }

  return {
    get state() {
      return state;
    },
    get leaving() {
      return state.phase === 'draining' || state.phase === 'stopped';
    },
    serve(steps) {
      if (state.phase !== 'starting') throw new Error(`A server that is ${state.phase} cannot begin to serve.`);
      state = { phase: 'serving', steps };
    },
    drain({ announceMilliseconds = 0, graceMilliseconds = GRACE_MILLISECONDS } = {}) {
      switch (state.phase) {
        case 'serving': {
          const { steps } = state;
          // Begins in a later turn, so that `state` is `draining` before the first step can look at it.
          const finished = Promise.resolve().then(() => runSteps(steps, announceMilliseconds, graceMilliseconds));
          state = { phase: 'draining', finished };
          return finished;
        }
        case 'draining':
          return state.finished;
        case 'starting':
        case 'stopped':
          return Promise.resolve();
      }
    },
  };
}
