import type { Metrics } from '@colloquy/service';
import type { FetchOutcome, Phase } from '../telemetry.ts';
import { DurationHistogram, type DurationSeries } from './duration-histogram.ts';

export type OperationType = 'query' | 'mutation' | 'subscription' | 'invalid';

/** Where durations are observed. */
export interface Durations {
  readonly operations: Readonly<Record<OperationType, Readonly<Record<'ok' | 'error', DurationSeries>>>>;
  readonly phases: Readonly<Record<Phase, DurationSeries>>;
  readonly events: Readonly<Record<'ok' | 'error', DurationSeries>>;
  /** There are as many as the schemas had subgraphs, times the outcomes. */
  fetch(subgraph: string, outcome: FetchOutcome): DurationSeries;
}

const OPERATIONS = 'graphql_operation_duration_seconds';

/** Registers the histograms of the gateway. */
export function createDurations(metrics: Metrics): Durations {
  // Of the same name and labels as every server's, in the form that costs the request path least.
  metrics.registry.removeSingleMetric(OPERATIONS);
  const operations = new DurationHistogram({
    name: OPERATIONS,
    help: 'Time from the arrival of an operation to its complete answer',
    metrics,
  });
  const phases = new DurationHistogram({
    name: 'gateway_phase_duration_seconds',
    help: 'Where the time of operations goes',
    metrics,
  });
  const events = new DurationHistogram({
    name: 'gateway_event_duration_seconds',
    help: 'Time from the arrival of an event of a subscription to its complete text',
    metrics,
  });
  const fetches = new DurationHistogram({
    name: 'gateway_fetch_duration_seconds',
    help: 'Time from a request to a subgraph to its complete answer',
    metrics,
  });

  const byOutcome = (type: OperationType) => ({
    ok: operations.series({ type, outcome: 'ok' }),
    error: operations.series({ type, outcome: 'error' }),
  });
  const phase = (name: Phase) => phases.series({ phase: name });
  const bySubgraph = new Map<string, Map<FetchOutcome, DurationSeries>>();
  return {
    operations: {
      query: byOutcome('query'),
      mutation: byOutcome('mutation'),
      subscription: byOutcome('subscription'),
      invalid: byOutcome('invalid'),
    },
    phases: {
      parse: phase('parse'),
      validate: phase('validate'),
      prepare: phase('prepare'),
      plan: phase('plan'),
      fetch: phase('fetch'),
      shape: phase('shape'),
    },
    events: { ok: events.series({ outcome: 'ok' }), error: events.series({ outcome: 'error' }) },
    fetch(subgraph, outcome) {
      const outcomes = bySubgraph.get(subgraph) ?? new Map<FetchOutcome, DurationSeries>();
      const known = outcomes.get(outcome);
      if (known) return known;
      const series = fetches.series({ subgraph, outcome });
      bySubgraph.set(subgraph, outcomes.set(outcome, series));
      return series;
    },
  };
}
