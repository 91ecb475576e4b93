import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDataset } from './dataset.ts';
import { allGateways } from './gateways/all.ts';
import type { Gateway } from './gateways/gateway.ts';
import { measure } from './measure.ts';
import type { Measurement } from './measurement.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { describeMachine } from './report/machine.ts';
import { publish } from './report/publish.ts';
import { formatTable } from './report/table.ts';
import { writeReport } from './report/write.ts';
import { startSubgraphs } from './subgraphs/process.ts';

const GATEWAY_CORE = 0;
const LOAD_CORE = 1;

const options = readOptions();
const gateways = allGateways(options.hiveRouter);
if (options.help) console.log(HELP);
else if (options.list)
  for (const { name, title, version, missing } of gateways)
    console.log(`${name.padEnd(22)}${title}, ${version}${missing === null ? '' : ` (cannot run: ${missing})`}`);
else await run(options, choose(gateways, options.gateways));

/** The named gateways, or all that can run here. Throws when a named one cannot. */
function choose(all: Gateway[], names: string[] | null): Gateway[] {
  if (names === null) {
    for (const { name, missing } of all) if (missing !== null) console.log(`Skipped: ${name} (${missing})`);
    return all.filter(({ missing }) => missing === null);
  }
  return names.map((name) => {
    const gateway = all.find((known) => known.name === name);
    if (gateway === undefined) throw new Error(`There is no gateway ${name}. Try --list.`);
    if (gateway.missing !== null) throw new Error(`${name} cannot run: ${gateway.missing}.`);
    return gateway;
  });
}

async function run(settings: Options, chosen: Gateway[]): Promise<void> {
  const machine = describeMachine();
  const dataset = await readDataset(settings.data);
  const folder = mkdtempSync(join(tmpdir(), 'bench-gateway-'));
  // All threads of this process; what it starts says itself where it runs.
  execFileSync('taskset', ['-a', '-c', '-p', String(LOAD_CORE), String(process.pid)]);
  const subgraphs = await startSubgraphs(LOAD_CORE, dataset.dataFile, join(folder, 'subgraphs'));
  const measurements: Measurement[] = [];
  try {
    for (let round = 1; round <= settings.rounds; round++)
      for (const query of dataset.queries.filter(({ name }) => settings.queries.includes(name)))
        for (const gateway of chosen) {
          const visit = { ...settings, subgraphs, core: GATEWAY_CORE, folder: join(folder, `${measurements.length}`) };
          const measured = { ...(await measure(gateway, query, visit)), round };
          measurements.push(measured);
          console.log(describe(measured));
        }
  } finally {
    await subgraphs.stop();
    rmSync(folder, { recursive: true });
  }
  const report = { machine, settings: publicSettings(settings), gateways: chosen, measurements };
  writeReport(settings.output, report);
  if (settings.publish) publish(settings.output);
  console.log(`\n${formatTable(report)}\n${settings.output}.json, .md, .svg`);
}

/** What a reader needs to run it again; no paths of this machine. */
function publicSettings({ rounds, seconds, warmUpSeconds, connections, data }: Options) {
  return { rounds, seconds, warmUpSeconds, connections, data: data.split('/').slice(-2).join('/') };
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
