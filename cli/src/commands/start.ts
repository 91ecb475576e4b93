import { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { runPlatform } from '../platform/platform.ts';
import { createScreen } from '../platform/screen.ts';
import { runSample } from '../sample/sample.ts';

/** `colloquy start`, which is what `npm start` runs. */
export function startCommand(context: CommandContext): Command {
  return new Command('start')
    .description('set up and run the whole platform on this machine until Ctrl-C')
    .option('--sample', 'then import the sample archives and show three answers')
    .addHelpText('after', EXAMPLES)
    .action((options: { sample?: boolean }) => run(context, options.sample ?? false));
}

const EXAMPLES = `
Stores whose address is set (DATABASE_URL, REDIS_URL, NEO4J_URL, WEAVIATE_URL) are used as they are; the others are
started by Docker, or installed once and run as programs of this user. The platform answers as soon as PostgreSQL is
up; each other store joins when it is ready.

Examples:
  $ npm start
  $ npm start -- --sample
  $ PORT=4100 COLLOQUY_HOME=.second npx colloquy start`;

async function run(context: CommandContext, withSample: boolean): Promise<void> {
  const { settings, output } = context;
  // Ctrl-C ends `npm start | tee log` too, and the last lines then have no reader: what was started still has to stop.
  output.outlivesReaders = true;
  const screen = createScreen(output);
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  await runPlatform(settings, screen, stop.signal, (url) => {
    screen.line(`ready ${url}/graphql`);
    if (withSample) void runSample(context, screen, stop.signal);
  });
}
