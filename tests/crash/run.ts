import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateExport } from '../support/generated-export.ts';
import { type PartName, ROOT, startPlatform, type TestPlatform } from '../support/platform.ts';
import { type Reference, runCase, takeReference } from './case.ts';
import { difference } from './judge.ts';
import { caseKey, FAULTS, type Fault, PARTS, type PlannedCase, planCases } from './plan.ts';
import { markdown } from './report.ts';
import { appendResult, type CaseResult, passed, readResults } from './result.ts';

const HELP = `Usage: node tests/crash/run.ts [options]

Kills and freezes every part of a running platform at random moments of an import, and compares what is stored in the
end with an undisturbed import. Each case is a line of tests/crash/results/cases.jsonl; README.md beside it is the table.

  --resume          leave out the cases that have a result
  --failed          only the cases whose last result is a failure
  --only PART,...   ${PARTS.join(', ')}
  --fault FAULT     kill or freeze; both without it
  --rounds N        moments for each part and fault (5)
  --seed N          other moments (1)
  --json            print each result as a line of JSON
  --table           write the table from the results there are, and run nothing

Exit code 0 when every case that ran is as it has to be, 1 when one is not, 2 when the options are wrong.
`;

const RESULTS = join(import.meta.dirname, 'results');
const CASES = join(RESULTS, 'cases.jsonl');
const SIZE = { conversations: 20, turns: 12 };

interface Options {
  cases: PlannedCase[];
  json: boolean;
  help: boolean;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      resume: { type: 'boolean', default: false },
      failed: { type: 'boolean', default: false },
      only: { type: 'string' },
      fault: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      table: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const parts = chosen(values.only, PARTS) as PartName[];
  const faults = chosen(values.fault, FAULTS) as Fault[];
  const [rounds, seed] = [Number(values.rounds), Number(values.seed)];
  if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed))
    throw new Error('N has to be a whole number.');
  const known = new Map(readResults(CASES).map((result) => [caseKey(result), passed(result)]));
  const cases = values.table ? [] : planCases({ parts, faults, rounds, seed });
  const wanted = (planned: PlannedCase) => {
    const result = known.get(caseKey(planned));
    if (values.failed) return result === false;
    return !values.resume || result === undefined;
  };
  return { cases: cases.filter(wanted), json: values.json, help: values.help };
}

function chosen(list: string | undefined, all: readonly string[]): string[] {
  const names = list?.split(',') ?? [...all];
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Error(`Not known: ${unknown.join(', ')}. There are ${all.join(', ')}.`);
  return names;
}

function commit(): string {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
}

function say(result: CaseResult, json: boolean): void {
  const { part, fault, round, stage, momentMs, ended, waited, recoverySeconds, endSeconds, faults } = result;
  const recovery = waited
    ? `progress after ${recoverySeconds} s, end after ${endSeconds} s`
    : 'ended before its return';
  const line = `${passed(result) ? 'ok  ' : 'FAIL'} ${part} ${fault} ${round}, ${momentMs} ms (${stage}): ${ended}, ${recovery}${faults.map((fault) => `\n     ${fault}`).join('')}`;
  process.stdout.write(`${json ? JSON.stringify(result) : line}\n`);
}

function writeTable(): void {
  const { messages, conversations } = generateExport(SIZE);
  const archive = `${messages} messages in ${conversations} conversations, each with a branch`;
  const machine = `${availableParallelism()} processors (${cpus()[0]?.model.trim()}), Node ${process.versions.node}`;
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, 'README.md'), markdown(readResults(CASES), { archive, machine }));
}

async function runCases({ cases, json }: Options): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'colloquy-crash-'));
  const archive = join(folder, 'archive.json');
  writeFileSync(archive, generateExport(SIZE).json);
  // As it is when the platform starts: later commits are not what runs.
  const tested = commit();
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
  const platform = await startPlatform();
  try {
    await platform.settled();
    // The first import of a platform also opens what later ones find open.
    await takeReference(platform, archive, 'warm-up');
    const reference = await undisturbed(platform, archive);
    process.stderr.write(`An undisturbed import takes ${reference.durationMs} ms; ${cases.length} cases follow.\n`);
    let good = true;
    for (const planned of cases) {
      if (interrupted.signal.aborted) break;
      const result = await runCase({ platform, archive, reference, commit: tested }, planned);
      appendResult(CASES, result);
      say(result, json);
      good &&= passed(result);
    }
    return good;
  } finally {
    await platform.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Two imports that nothing disturbs: they have to be equal, or nothing can be told from a comparison. */
async function undisturbed(platform: TestPlatform, archive: string): Promise<Reference> {
  const one = await takeReference(platform, archive, 'undisturbed-one');
  const other = await takeReference(platform, archive, 'undisturbed-other');
  const { examples } = difference(one.snapshot, other.snapshot);
  if (examples.length > 0) throw new Error(`Two undisturbed imports differ:\n${examples.join('\n')}`);
  return { snapshot: one.snapshot, durationMs: Math.min(one.durationMs, other.durationMs) };
}

async function main(): Promise<number> {
  let options: Options;
  try {
    options = readOptions();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${HELP}`);
    return 2;
  }
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const good = options.cases.length === 0 || (await runCases(options));
  writeTable();
  return good ? 0 : 1;
}

process.exitCode = await main();
