import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';
import { lockfileProblems } from './lockfile.ts';
import { type RunningTestStores, startTestStores } from './stores.ts';

const HELP = `Usage: npm test [-- --only PART[,PART]] [-- --pattern REGEX]

Parts, in their order:
  lint         style and format (Biome)
  types        TypeScript
  boundaries   dependency directions between the packages
  lockfile     no addresses of registries in the lockfile
  compose      the committed supergraph is what the subgraphs compose to
  unit         tests that need nothing
  integration  tests against real PostgreSQL, Redis, Neo4j, Weaviate and an S3 server
  e2e          the whole platform, started as a user starts it

The last line says how many passed, failed and were skipped. Exit code 0 when something ran and nothing failed.
`;

const ROOT = join(import.meta.dirname, '..');
const BIN = join(ROOT, 'node_modules', '.bin');

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Counts of a part; a check that is no test suite counts as one test. */
type Part = () => Promise<Counts>;

const PASSED: Counts = { passed: 1, failed: 0, skipped: 0 };
const FAILED: Counts = { passed: 0, failed: 1, skipped: 0 };

function run(command: string, args: readonly string[], environment: Record<string, string> = {}): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, PATH: `${BIN}${delimiter}${process.env.PATH ?? ''}`, ...environment },
    });
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0));
  });
}

const check =
  (command: string, ...args: string[]): Part =>
  async () =>
    (await run(command, args)) ? PASSED : FAILED;

async function jest(
  project: string,
  workers: number,
  environment: Record<string, string>,
  pattern: string | undefined,
): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'colloquy-jest-'));
  const report = join(folder, 'report.json');
  try {
    const args = [
      '--selectProjects',
      project,
      // A guard against what hangs; a slow disk alone may hold a store up for seconds.
      '--testTimeout',
      '60000',
      '--maxWorkers',
      String(workers),
      '--json',
      '--outputFile',
      report,
      '--testLocationInResults=false',
    ];
    if (pattern !== undefined) args.push('--testPathPatterns', pattern, '--passWithNoTests');
    const ok = await run('jest', args, {
      NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
      ...environment,
    });
    const result = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
    const failed = (result.numFailedTests ?? 0) + (result.numRuntimeErrorTestSuites ?? 0);
    return {
      passed: result.numPassedTests ?? 0,
      // A run that fails without a failed test (a leak, a broken set-up) must not pass as none.
      failed: failed === 0 && !ok ? 1 : failed,
      skipped: (result.numPendingTests ?? 0) + (result.numTodoTests ?? 0),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function lockfile(): Promise<Counts> {
  const problems = lockfileProblems(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')));
  for (const problem of problems) console.error(problem);
  return problems.length === 0 ? PASSED : FAILED;
}

/** Stores are started once, when the first part needs them, and stopped at the end whatever happens. */
class Stores {
  private running: Promise<RunningTestStores> | null = null;

  async environment(): Promise<Record<string, string>> {
    this.running ??= startTestStores({ onLine: (line) => console.error(line) });
    return { COLLOQUY_TEST_STORES: (await this.running).file };
  }

  async stop(): Promise<void> {
    const started = await this.running?.catch(() => null);
    await started?.stop();
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, pattern: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const { pattern } = values;
  const stores = new Stores();
  const parts: Record<string, Part> = {
    lint: check('biome', 'check', '--error-on-warnings', '.'),
    types: check('tsc', '--noEmit'),
    boundaries: check(
      'depcruise',
      '--config',
      'tooling/dependency-cruiser.cjs',
      'packages',
      'subgraphs',
      'pipeline',
      'gateway',
      'cli',
    ),
    lockfile,
    compose: check('node', 'schema/compose.ts', '--check'),
    unit: () => jest('unit', 2, {}, pattern),
    // Two files at a time: each has databases, tenants and servers of its own, and mostly waits for stores.
    integration: async () => jest('integration', 2, await stores.environment(), pattern),
    e2e: async () => {
      // The platforms under test start stores of their own; the shared ones would only take their processors.
      await stores.stop();
      return jest('e2e', 1, {}, pattern);
    },
  };
  const wanted = values.only?.split(',') ?? Object.keys(parts);
  const unknown = wanted.filter((name) => !(name in parts));
  if (unknown.length > 0) {
    console.error(`No such part: ${unknown.join(', ')}.\n\n${HELP}`);
    return 2;
  }
  const all: Counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    for (const name of wanted) {
      const part = parts[name];
      if (!part) continue;
      const started = performance.now();
      console.error(`\n== ${name}`);
      const counts = await part().catch((error: Error) => {
        console.error(`${name}: ${error.message}`);
        return FAILED;
      });
      console.error(
        `== ${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped, ${Math.round((performance.now() - started) / 1000)} s`,
      );
      all.passed += counts.passed;
      all.failed += counts.failed;
      all.skipped += counts.skipped;
    }
  } finally {
    await stores.stop();
  }
  console.log(`${all.passed} passed, ${all.failed} failed, ${all.skipped} skipped`);
  return all.failed === 0 && all.passed > 0 ? 0 : 1;
}

process.exitCode = await main();
