import { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { cancelExtraction } from '../operations/cancel.ts';

/** `colloquy cancel SESSION` */
export function cancelCommand(context: CommandContext): Command {
  return new Command('cancel')
    .description('stop a session; what it stored stays, and importing the file again goes on from there')
    .argument('<session>', 'id of the session')
    .addHelpText('after', '\nExamples:\n  $ colloquy cancel sess_01k9x2v0m5e8tb7yq4zr3hw6ns')
    .action(async (sessionId: string) => {
      const session = await cancelExtraction(context.connection, sessionId);
      context.output.line(`${session.id} is ${session.status}. Import ${session.archive.fileName} again to go on.`);
    });
}
