import { defaultCache } from '../environment.ts';
import { openStack } from '../stack.ts';

/** Runs PostgreSQL and Redis in the home that is its argument, prints `ready`, and stays until it is killed. */
const stack = await openStack({
  home: process.argv[2] ?? '',
  cache: process.argv[3] ?? defaultCache(),
  urls: {},
  embedderModel: 'all-MiniLM-L6-v2',
  stores: ['postgres', 'redis'],
  onReport: () => undefined,
});
// Before `ready` is said: whoever hears it may ask for the end at once.
process.on('SIGTERM', () => void stack.stop().then(() => process.exit(0)));
stack.start();
await Promise.all([stack.ready('postgres'), stack.ready('redis')]);
process.stdout.write('ready\n');
