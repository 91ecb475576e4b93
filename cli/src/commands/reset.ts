import { createInterface } from 'node:readline/promises';
import { removeHome } from '@colloquy/stack';
import { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { CliError, UsageError } from '../exit.ts';
import { homeContents } from '../platform/home-data.ts';
import { platformLayout } from '../platform/layout.ts';
import { readPlatformState } from '../platform/state-file.ts';

/** `colloquy reset` */
export function resetCommand(context: CommandContext): Command {
  return new Command('reset')
    .description('delete the data of this COLLOQUY_HOME: stores, uploaded archives, logs, secrets')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      '\nInstalled programs and models under COLLOQUY_CACHE stay.\n\nExamples:\n  $ colloquy reset\n  $ COLLOQUY_HOME=.second colloquy reset --yes',
    )
    .action((options: { yes?: boolean }) => run(context, options.yes ?? false));
}

async function run({ settings, output }: CommandContext, sure: boolean): Promise<void> {
  const home = settings.COLLOQUY_HOME;
  if (await readPlatformState(platformLayout(home).stateFile)) {
    throw new CliError('ALREADY_RUNNING', 'The platform is running. Stop it first with `colloquy stop`.');
  }
  const { ours, foreign } = await homeContents(home);
  if (ours.length === 0) {
    output.line(`${home} holds no data of a platform.`);
    return;
  }
  if (foreign.length > 0) {
    throw new UsageError(`${home} also holds what no platform put there, so it is left alone: ${foreign.join(', ')}.`);
  }
  output.line(`${home} holds ${ours.join(', ')}.`);
  if (!sure && !(await confirmed())) {
    output.line('Nothing was deleted.');
    return;
  }
  await removeHome(home);
  output.line('Deleted. `npm start` begins anew.');
}

async function confirmed(): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new UsageError('There is no terminal to ask at. Repeat with --yes to delete the data.');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question('Delete all of it? Type yes: ')).trim() === 'yes';
  } finally {
    terminal.close();
  }
}
