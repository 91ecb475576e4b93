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
      // The policy would let everybody wait for the probe, for as long as that may take.
      if (policy.state === CircuitState.HalfOpen) return Promise.reject(new BrokenCircuitError());
      return policy.execute(() => attempt(policy.state === CircuitState.HalfOpen));
    },
  };
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
