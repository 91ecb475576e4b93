import { mkdirSync } from 'node:fs';
import type { Query } from './dataset.ts';
import { freePort, startOnCore } from './gateway-process.ts';
import type { Gateway } from './gateways/gateway.ts';
import { createAnswerCheck } from './load/answer-check.ts';
import { type Load, runLoad } from './load/load.ts';
import type { Measurement } from './measurement.ts';
import { processUsage } from './process-usage.ts';
import { percentile } from './statistics.ts';
import type { RunningSubgraphs } from './subgraphs/process.ts';

export interface Visit {
  subgraphs: RunningSubgraphs;
  /** The core that the gateway has for itself. */
  core: number;
  connections: number;
  warmUpSeconds: number;
  seconds: number;
  /** A folder for this visit. */
  folder: string;
}

/** Starts the gateway, checks an answer, warms it up, measures it and stops it. */
export async function measure(gateway: Gateway, query: Query, visit: Visit): Promise<Omit<Measurement, 'round'>> {
  const { subgraphs, folder } = visit;
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const command = gateway.command({ port, supergraph: subgraphs.supergraph, services: subgraphs.services, folder });
  const running = await startOnCore(visit.core, command, { folder, ready: () => answers(port) });
  try {
    const check = createAnswerCheck(query.expected);
    const load: Load = { port, query: query.text, connections: visit.connections, seconds: visit.seconds, check };
    await runLoad({ ...load, connections: 1, seconds: 0 });
    await runLoad({ ...load, seconds: visit.warmUpSeconds });
    const before = await snapshot(running.pid, subgraphs);
    const { requests, seconds, latencies } = await runLoad(load);
    const after = await snapshot(running.pid, subgraphs);
    const cpu = after.gateway.cpuMilliseconds - before.gateway.cpuMilliseconds;
    return {
      gateway: gateway.name,
      query: query.name,
      requests,
      requestsPerSecond: requests / seconds,
      p50: percentile(latencies, 0.5),
      p99: percentile(latencies, 0.99),
      cpuMilliseconds: cpu / requests,
      peakBytes: after.gateway.peakBytes,
      fetchesPerRequest: (after.fetches - before.fetches) / requests,
      gatewayBusy: cpu / 1000 / seconds,
      loadBusy: (after.loadMilliseconds - before.loadMilliseconds) / 1000 / seconds,
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${gateway.name}, ${query.name} query: ${reason}\nIt wrote:\n${running.output()}`, {
      cause: error,
    });
  } finally {
    await running.stop();
  }
}

async function snapshot(pid: number, subgraphs: RunningSubgraphs) {
  const own = process.cpuUsage();
  return {
    gateway: processUsage(pid),
    fetches: (await subgraphs.counts()).requests,
    loadMilliseconds: (own.user + own.system) / 1000 + processUsage(subgraphs.pid).cpuMilliseconds,
  };
}

async function answers(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    });
    await response.text();
    return response.ok;
  } catch {
    // It does not listen yet.
    return false;
  }
}
