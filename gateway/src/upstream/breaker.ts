import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import type { TrafficConfig } from '../config/traffic.ts';
import { isFailure } from './failures.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

/** Keeps requests from a subgraph that has failed again and again, and tries it with one of them from time to time. */
export interface Breaker {
  readonly state: BreakerState;
  /**
   * Makes an attempt, or throws BrokenCircuitError at once. An attempt that is the `probe` decides for all and is not
   * to be broken off.
   */
  run<T>(attempt: (probe: boolean) => Promise<T>): Promise<T>;
}

export function createBreaker(
  { failures, openMilliseconds }: TrafficConfig['breaker'],
  onChange: (state: BreakerState) => void,
): Breaker {
  if (failures === 0) return { state: 'closed', run: (attempt) => attempt(false) };
  const consecutive = new ConsecutiveBreaker(failures);
  const policy = circuitBreaker(handleWhen(isFailure), { halfOpenAfter: openMilliseconds, breaker: consecutive });
  policy.onStateChange((state) => onChange(nameOf(state)));
  return {
    get state() {
      return nameOf(policy.state);
    },
    run(attempt) {
      switch (policy.state) {
        // Every request comes this way: of what goes well, no more is noted than that it did.
        case CircuitState.Closed:
          return attempt(false).then(succeeded, failed);
        // The policy would let everybody wait for the probe, for as long as that may take.
        case CircuitState.HalfOpen:
          return Promise.reject(new BrokenCircuitError());
        default:
          return policy.execute(() => attempt(true));
      }
    },
  };

  function succeeded<T>(answer: T): T {
    if (policy.state === CircuitState.Closed) consecutive.success();
    return answer;
  }

  /** Rejects with the error. One that comes when the breaker has opened meanwhile says nothing new. */
  function failed(error: unknown): Promise<never> {
    if (policy.state !== CircuitState.Closed) return Promise.reject(error);
    return policy.execute(() => Promise.reject(error));
  }
}

function nameOf(state: CircuitState): BreakerState {
  switch (state) {
    case CircuitState.Closed:
      return 'closed';
    case CircuitState.HalfOpen:
      return 'half-open';
    case CircuitState.Open:
    case CircuitState.Isolated:
      return 'open';
  }
}
