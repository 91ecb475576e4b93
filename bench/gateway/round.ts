import { join } from 'node:path';
import type { Query } from './dataset.ts';
import type { Gateway } from './gateways/gateway.ts';
import { measure, type Visit } from './measure.ts';
import type { Measurement } from './measurement.ts';
import type { Report } from './report/report.ts';

interface Round {
  round: number;
  gateways: readonly Gateway[];
  queries: readonly Query[];
  /** Gets the measurements. */
  report: Report;
}

/**
 * Visits every gateway with every query. A gateway that fails is reported and not asked that query again, so that one
 * fault does not cost the others' figures.
 */
export async function playRound({ round, gateways, queries, report }: Round, settings: Visit): Promise<void> {
  for (const query of queries)
    for (const gateway of gateways) {
      if (report.failures.some((one) => one.gateway === gateway.name && one.query === query.name)) continue;
      const folder = join(settings.folder, `${round}-${query.name}-${gateway.name}`);
      try {
        const measured = { ...(await measure(gateway, query, { ...settings, folder })), round };
        report.measurements.push(measured);
        console.log(describe(measured));
      } catch (error) {
        console.error(error);
        const reason = error instanceof Error ? error.message : String(error);
        report.failures.push({ gateway: gateway.name, query: query.name, round, reason });
      }
    }
}

function describe({ round, gateway, query, ...measured }: Measurement): string {
  return [
    `round ${round}`,
    gateway.padEnd(20),
    query.padEnd(5),
    `${measured.requestsPerSecond.toFixed(0)}/s`,
    `p50 ${measured.p50.toFixed(1)} ms, p99 ${measured.p99.toFixed(1)} ms`,
    `CPU ${measured.cpuMilliseconds.toFixed(2)} ms`,
    `${(measured.peakBytes / 2 ** 20).toFixed(0)} MB`,
    `${measured.fetchesPerRequest.toFixed(1)} fetches`,
    `busy ${(measured.gatewayBusy * 100).toFixed(0)} % / ${(measured.loadBusy * 100).toFixed(0)} %`,
  ].join('  ');
}
