import { createFeed, serveFeed } from './feed-subgraphs.ts';

/**
 * A log as a process of its own, whose entries happen by the clock, so that one which was killed and started again goes
 * on with the same log: `node feed-process.ts PORT START INTERVAL`, the time of the first entry and the milliseconds
 * between entries.
 */
const [port = 0, start = 0, interval = 1] = process.argv.slice(2).map(Number);
await serveFeed(
  createFeed(() => Math.floor((Date.now() - start) / interval)),
  port,
);
process.stdout.write('listening\n');
