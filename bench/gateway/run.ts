import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDataset } from './dataset.ts';
import { allGateways } from './gateways/all.ts';
import type { Gateway } from './gateways/gateway.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { describeMachine } from './report/machine.ts';
import { publish } from './report/publish.ts';
import type { Report } from './report/report.ts';
import { formatTable } from './report/table.ts';
import { writeReport } from './report/write.ts';
import { playRound } from './round.ts';
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
  const queries = dataset.queries.filter(({ name }) => settings.queries.includes(name));
  const folder = mkdtempSync(join(tmpdir(), 'bench-gateway-'));
  // All threads of this process; what it starts says itself where it runs.
  execFileSync('taskset', ['-a', '-c', '-p', String(LOAD_CORE), String(process.pid)]);
  const subgraphs = await startSubgraphs(LOAD_CORE, dataset.dataFile, join(folder, 'subgraphs'));
  const report: Report = {
    machine,
    settings: publicSettings(settings),
    gateways: chosen,
    measurements: [],
    failures: [],
  };
  try {
    for (let round = 1; round <= settings.rounds; round++) {
      await playRound(
        { round, queries, report, gateways: chosen },
        { ...settings, subgraphs, core: GATEWAY_CORE, folder },
      );
      writeReport(settings.output, report);
    }
  } finally {
    await subgraphs.stop();
    rmSync(folder, { recursive: true });
  }
  console.log(`\n${formatTable(report)}\n${settings.output}.json, .md, .svg`);
  if (report.failures.length > 0) process.exitCode = 1;
  else if (settings.publish) publish(settings.output);
}

/** What a reader needs to run it again; no paths of this machine. */
function publicSettings({ rounds, seconds, warmUpSeconds, connections, data }: Options) {
  return { rounds, seconds, warmUpSeconds, connections, data: data.split('/').slice(-2).join('/') };
}
