import { execFileSync } from 'node:child_process';
import { STORE_NAMES } from '@colloquy/stack';
import { ROOT } from '../gateway/gateways/gateway.ts';
import { describeMachine } from '../gateway/report/machine.ts';
import { type Bench, openBench, provideArchive } from './bench.ts';
import { measureToTheEnd } from './done.ts';
import type { ExportSize } from './export/plan.ts';
import { measureRounds, measureWarmRounds, profileImport } from './large.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { installConvoviz, measurePeer } from './peers/measure.ts';
import { holdLaterStages } from './platform/session.ts';
import { publish } from './report/publish.ts';
import type { Report } from './report/report.ts';
import { formatReport } from './report/table.ts';
import { writeReport } from './report/write.ts';

const SEED = 20_261;
const options = readOptions();
if (options.help) console.log(HELP);
else await runTidily(options);

/** Ends and removes everything that the run started, also when it fails or is interrupted. */
async function runTidily(settings: Options): Promise<void> {
  const cleanup = new AsyncDisposableStack();
  const interrupt = new AbortController();
  let tidied: Promise<void> | null = null;
  const tidy = () => {
    tidied ??= cleanup.disposeAsync();
    return tidied;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      console.error(`Stopped by ${signal}; tidying up.`);
      interrupt.abort();
      void tidy().finally(() => process.exit(130));
    });
  try {
    await run(settings, cleanup, interrupt.signal);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
  } finally {
    await tidy();
  }
}

async function run(settings: Options, cleanup: AsyncDisposableStack, signal: AbortSignal): Promise<void> {
  const machine = describeMachine();
  const bench = await openBench(settings.through === 'done' ? STORE_NAMES : ['postgres', 'redis'], cleanup);
  const { rows } = await bench.stores.owner.query<{ server_version: string }>('SHOW server_version');
  const { through, container, bytesPerMessage } = settings;
  const report: Report = {
    machine,
    commit: commit(),
    command: ['node bench/scale/run.ts', ...withoutPaths(process.argv.slice(2))].join(' '),
    versions: { postgres: rows[0]?.server_version ?? '' },
    settings: { through, container, bytesPerMessage },
  };
  if (through === 'done') await runToTheEnd(bench, settings, report);
  else await runParse(bench, settings, report, signal);
  writeReport(settings.output, report);
  if (settings.publish) publish(report);
  console.log(`\n${formatReport(report)}\n${settings.output}.json, .md, .svg`);
}

async function runParse(bench: Bench, settings: Options, report: Report, signal: AbortSignal): Promise<void> {
  const { parts, rounds } = settings;
  await holdLaterStages(bench.stores.owner);
  if (parts.includes('peer')) {
    const { folder } = bench.stores;
    const python = settings.python ?? (await installConvoviz(folder));
    const size = { ...sizeOf(settings, settings.peerMessages), bytesPerMessage: settings.peerBytesPerMessage };
    report.peer = await measurePeer({ python, size, rounds: Math.max(rounds, 3), folder, signal });
    writeReport(settings.output, report);
  }
  if (parts.includes('small')) {
    const archive = await provideArchive(bench, sizeOf(settings, settings.smallMessages), settings);
    report.small = { export: archive, ...(await measureWarmRounds(bench, archive, Math.max(rounds, 5))) };
    writeReport(settings.output, report);
  }
  if (!parts.includes('large') && !settings.profile) return;
  const archive = await provideArchive(bench, largeSize(settings), settings);
  if (parts.includes('large')) {
    const played: NonNullable<Report['large']> = { export: archive, rounds: [] };
    report.large = played;
    await measureRounds(bench, archive, rounds, (round) => {
      played.rounds.push(round);
      writeReport(settings.output, report);
    });
  }
  if (settings.profile) report.profile = await profileImport(bench, archive);
}

async function runToTheEnd(bench: Bench, settings: Options, report: Report): Promise<void> {
  const archive = await provideArchive(bench, largeSize(settings), settings);
  report.done = { export: archive, rounds: await measureToTheEnd(bench, archive, settings.rounds) };
}

function largeSize({ messages, conversations, bytesPerMessage }: Options): ExportSize {
  return { messages, conversations, bytesPerMessage, seed: SEED };
}

function sizeOf({ bytesPerMessage }: Options, messages: number): ExportSize {
  return { messages, conversations: Math.ceil(messages / 100), bytesPerMessage, seed: SEED };
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--untracked-files=no', '--', 'packages', 'pipeline', 'prisma') !== '';
  return `${git('rev-parse', '--short=10', 'HEAD')}${changed ? '+' : ''}`;
}

/** What a reader needs to run it again; no paths of this machine. */
function withoutPaths(args: readonly string[]): string[] {
  return args.map((argument) => (argument.includes('/') ? '...' : argument));
}
