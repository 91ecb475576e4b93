import { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { retryExtraction } from '../operations/retry.ts';

/** `colloquy retry SESSION` */
export function retryCommand(context: CommandContext): Command {
  return new Command('retry')
    .description('take a session up again that FAILED or was CANCELLED; it goes on where it was')
    .argument('<session>', 'id of the session')
    .addHelpText('after', '\nExamples:\n  $ colloquy retry sess_01k9x2v0m5e8tb7yq4zr3hw6ns')
    .action(async (sessionId: string) => {
      const session = await retryExtraction(context.connection, sessionId);
      context.output.line(`${session.id} goes on. \`colloquy watch ${session.id}\` follows it.`);
    });
}
