import { stopLeftovers } from '@colloquy/stack';
import { Command } from 'commander';
import type { CommandContext } from '../context.ts';

/** `colloquy stop` */
export function stopCommand({ settings, output }: CommandContext): Command {
  return new Command('stop')
    .description('stop the platform of this COLLOQUY_HOME and whatever an interrupted one left running')
    .addHelpText('after', '\nExamples:\n  $ colloquy stop\n  $ COLLOQUY_HOME=.second colloquy stop')
    .action(async () => {
      const stopped = await stopLeftovers(settings.COLLOQUY_HOME);
      output.line(stopped.length === 0 ? 'Nothing was running.' : `Stopped: ${stopped.join(', ')}.`);
    });
}
