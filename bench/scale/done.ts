import type { Bench, BenchArchive } from './bench.ts';
import { type ImportFigures, measureImport } from './import.ts';
import { progressPrinter } from './large.ts';
import { forgetTenants } from './platform/session.ts';
import { resetStatements, type Statement, topStatements } from './platform/statements.ts';
import { startWorker } from './platform/worker.ts';

/** Imports to the end, with the real embedder, each by a worker of its own. */
export async function measureToTheEnd(
  bench: Bench,
  archive: BenchArchive,
  rounds: number,
): Promise<{ import: ImportFigures; statements: Statement[] }[]> {
  const { stores, objectStoreUrl, cleanup } = bench;
  const measured: { import: ImportFigures; statements: Statement[] }[] = [];
  for (let number = 1; number <= rounds; number++) {
    const worker = await startWorker(stores, { objectStoreUrl, embedder: 'local', profileFolder: null }, cleanup);
    try {
      await resetStatements(stores.superuser);
      const figures = await measureImport({ ...bench, worker }, archive, 'DONE', progressPrinter());
      measured.push({ import: figures, statements: await topStatements(stores.superuser, 12) });
      const stages = figures.stages.map(({ stage, seconds }) => `${stage} ${seconds.toFixed(1)} s`).join(', ');
      console.log(`round ${number}: ${figures.seconds.toFixed(1)} s, ${figures.items} items; ${stages}`);
    } finally {
      await worker.stop();
    }
    // The other stores keep what the round wrote: the next one has an empty tenant in PostgreSQL and overwrites them.
    if (number < rounds) await forgetTenants(stores.owner);
  }
  return measured;
}
