import { openDatabase } from '../connection/database.ts';
import { startJobRunner, workerApplicationName } from '../jobs/runner.ts';

/** A worker process for tests: says `taken` when it takes a job, and never finishes it. Argument: the database's address. */
const [url = ''] = process.argv.slice(2);
const say = (word: string) => process.stdout.write(`${word}\n`);
const applicationName = workerApplicationName();
const database = openDatabase({ url, applicationName, maxConnections: 4, onIdleError: () => undefined });
const forever = () => {
  say('taken');
  return new Promise<void>(() => undefined);
};
await startJobRunner(
  database,
  { url, applicationName },
  {
    concurrency: 1,
    handlers: { 'session-stage': forever, 'rebuild-projection': forever, deletion: forever, 'clean-up': forever },
    onMessage: () => undefined,
    onFatal() {
      say('fatal');
      process.exit(1);
    },
  },
);
say('running');
