import { QUERY_NAMES, type QueryName } from '../dataset.ts';
import type { Gateway } from '../gateways/gateway.ts';
import type { Measurement } from '../measurement.ts';
import { median } from '../statistics.ts';
import type { Machine } from './machine.ts';

/** Everything that one run found. */
export interface Report {
  machine: Machine;
  settings: { rounds: number; seconds: number; warmUpSeconds: number; connections: number; data: string };
  gateways: Pick<Gateway, 'name' | 'title' | 'version' | 'deduplicates'>[];
  measurements: Measurement[];
  failures: Failure[];
}

/** A gateway did not start, gave a wrong answer or none. */
export interface Failure extends Pick<Measurement, 'gateway' | 'query' | 'round'> {
  reason: string;
}

export type Figures = Omit<Measurement, 'gateway' | 'query' | 'round'>;

/** The median of every figure over the rounds, or undefined where a gateway was not asked that query. */
export function medians({ measurements }: Report, gateway: string, query: QueryName): Figures | undefined {
  const rounds = measurements.filter((one) => one.gateway === gateway && one.query === query);
  if (rounds.length === 0) return undefined;
  const of = (figure: keyof Figures): number => median(rounds.map((round) => round[figure]));
  return {
    requests: of('requests'),
    requestsPerSecond: of('requestsPerSecond'),
    p50: of('p50'),
    p99: of('p99'),
    cpuMilliseconds: of('cpuMilliseconds'),
    peakBytes: of('peakBytes'),
    fetchesPerRequest: of('fetchesPerRequest'),
    gatewayBusy: of('gatewayBusy'),
    loadBusy: of('loadBusy'),
  };
}

/** The queries that the run asked. */
export function askedQueries({ measurements }: Report): QueryName[] {
  return QUERY_NAMES.filter((name) => measurements.some(({ query }) => query === name));
}

export function label({ title, deduplicates }: Pick<Gateway, 'title' | 'deduplicates'>): string {
  return deduplicates ? `${title}, deduplicating` : title;
}
