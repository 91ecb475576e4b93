import type { QueryName } from './dataset.ts';

/** What one visit to one gateway measured. */
export interface Measurement {
  gateway: string;
  query: QueryName;
  /** From 1. */
  round: number;
  requests: number;
  requestsPerSecond: number;
  /** Latency in milliseconds. */
  p50: number;
  p99: number;
  /** CPU time of the gateway's process, its threads and children, per request. */
  cpuMilliseconds: number;
  /** The most memory that was resident since the start. */
  peakBytes: number;
  fetchesPerRequest: number;
  /** Share of the time in which the gateway's core worked for it; near 1 when the gateway is what limits. */
  gatewayBusy: number;
  /** Share of the time in which the other core worked for the load and the subgraphs. */
  loadBusy: number;
}
