import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { Bench, BenchArchive } from './bench.ts';
import { type CopyFigures, measureCopy } from './copy.ts';
import { type ImportFigures, measureImport } from './import.ts';
import type { SessionState } from './platform/progress.ts';
import { forgetTenants } from './platform/session.ts';
import { resetStatements, type Statement, topStatements } from './platform/statements.ts';
import { startWorker, type Worker } from './platform/worker.ts';
import { type ProfiledFunction, summariseProfile } from './profile.ts';

/** An import and PostgreSQL's COPY of the rows that it wrote. */
export interface Round {
  import: ImportFigures;
  statements: Statement[];
  copy: CopyFigures;
  /** Time of the import divided by that of COPY. */
  ratio: number;
  /** Load of the machine over the last minute, when the import had ended and when COPY had. */
  loads: [number, number];
}

const TOP = 12;
const REPORT_MILLISECONDS = 15_000;

/** Imports and COPYs in turn, each import by a worker of its own, so that its peak memory is that of one import. */
export async function measureRounds(
  bench: Bench,
  archive: BenchArchive,
  rounds: number,
  onRound: (round: Round) => void = () => undefined,
): Promise<Round[]> {
  const measured: Round[] = [];
  for (let number = 1; number <= rounds; number++) {
    const round = await withWorker(bench, null, (worker) => playRound(bench, archive, worker));
    console.log(`round ${number}: ${describe(round)}`);
    measured.push(round);
    onRound(round);
  }
  return measured;
}

/** Imports of the same archive by one worker: the first with everything cold, then `rounds` with a COPY each. */
export async function measureWarmRounds(
  bench: Bench,
  archive: BenchArchive,
  rounds: number,
): Promise<{ cold: Round; warm: Round[] }> {
  return withWorker(bench, null, async (worker) => {
    const cold = await playRound(bench, archive, worker);
    console.log(`cold: ${describe(cold)}`);
    const warm: Round[] = [];
    for (let number = 1; number <= rounds; number++) {
      const round = await playRound(bench, archive, worker);
      console.log(`warm, round ${number}: ${describe(round)}`);
      warm.push(round);
    }
    return { cold, warm };
  });
}

/** Where the worker's main thread spends its time; its figures are not those of an undisturbed import. */
export async function profileImport(bench: Bench, archive: BenchArchive): Promise<ProfiledFunction[]> {
  const folder = join(bench.stores.folder, 'profile');
  await withWorker(bench, folder, async (worker) => {
    await measureImport({ ...bench, worker }, archive, 'PARSE', progressPrinter());
    await forgetTenants(bench.stores.owner);
  });
  return summariseProfile(folder, TOP * 3);
}

async function withWorker<T>(
  bench: Bench,
  profileFolder: string | null,
  work: (worker: Worker) => Promise<T>,
): Promise<T> {
  const { stores, objectStoreUrl, cleanup } = bench;
  const worker = await startWorker(stores, { objectStoreUrl, embedder: 'hashing', profileFolder }, cleanup);
  try {
    return await work(worker);
  } finally {
    await worker.stop();
  }
}

async function playRound(bench: Bench, archive: BenchArchive, worker: Worker): Promise<Round> {
  const { stores } = bench;
  await resetStatements(stores.superuser);
  const figures = await measureImport({ ...bench, worker }, archive, 'PARSE', progressPrinter());
  if (figures.messages !== archive.messages || figures.issues > 0)
    throw new Error(
      `The import stored ${figures.messages} of ${archive.messages} messages with ${figures.issues} issues.`,
    );
  const statements = await topStatements(stores.superuser, TOP);
  const [loaded] = loadavg();
  const copy = await measureCopy(stores);
  await forgetTenants(stores.owner);
  return {
    import: figures,
    statements,
    copy,
    ratio: figures.seconds / copy.seconds,
    loads: [loaded ?? 0, loadavg()[0] ?? 0],
  };
}

function describe({ import: { seconds, messages, workerPeakBytes }, copy, ratio }: Round): string {
  return (
    `import ${seconds.toFixed(1)} s (${Math.round(messages / seconds)} messages/s, peak ${Math.round(workerPeakBytes / 2 ** 20)} MiB), ` +
    `COPY ${copy.seconds.toFixed(1)} s, ratio ${ratio.toFixed(2)}`
  );
}

/** A line now and then, for imports that take minutes. */
export function progressPrinter(): (state: SessionState) => void {
  let printed = Date.now();
  return ({ messages, items, stages, waitingFor }) => {
    if (Date.now() - printed < REPORT_MILLISECONDS) return;
    printed = Date.now();
    const running = stages.filter(({ finished }) => finished === null).map(({ stage }) => stage);
    const waiting = waitingFor === null ? '' : `, waiting for ${waitingFor}`;
    console.log(`  ${messages} messages, ${items} items; ${running.join(', ')}${waiting}`);
  };
}
