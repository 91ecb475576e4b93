import { Counter, type Metrics } from '@colloquy/service';

interface Tally {
  ok: number;
  error: number;
  seconds: number;
}

/** A list of trusted documents is written by the operator, but metrics are no place for any number of names. */
const MOST_NAMES = 1000;

/** Counts trusted documents by name. Names of other operations are clients' to choose, and never labels. */
export function createTrustedOperations(metrics: Metrics): (name: string, failed: boolean, seconds: number) => void {
  const tallies = new Map<string, Tally>();
  new Counter({
    name: 'gateway_trusted_operations_total',
    help: 'Operations of the safelist, by name and outcome',
    labelNames: ['operation', 'outcome'],
    registers: [metrics.registry],
    collect() {
      this.reset();
      for (const [operation, { ok, error }] of tallies) {
        this.inc({ operation, outcome: 'ok' }, ok);
        this.inc({ operation, outcome: 'error' }, error);
      }
    },
  });
  new Counter({
    name: 'gateway_trusted_operation_seconds_total',
    help: 'Time spent on operations of the safelist, by name',
    labelNames: ['operation'],
    registers: [metrics.registry],
    collect() {
      this.reset();
      for (const [operation, { seconds }] of tallies) this.inc({ operation }, seconds);
    },
  });
  return (name, failed, seconds) => {
    const tally = tallies.get(name) ?? { ok: 0, error: 0, seconds: 0 };
    if (tallies.size >= MOST_NAMES && !tallies.has(name)) return;
    tally[failed ? 'error' : 'ok']++;
    tally.seconds += seconds;
    tallies.set(name, tally);
  };
}
