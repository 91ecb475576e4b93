import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { cancelCommand } from './commands/cancel.ts';
import { deleteCommand } from './commands/delete.ts';
import { doctorCommand } from './commands/doctor.ts';
import { exportCommand } from './commands/export.ts';
import { gatewayCommand } from './commands/gateway.ts';
import { importCommand } from './commands/import.ts';
import { rebuildCommand } from './commands/rebuild.ts';
import { resetCommand } from './commands/reset.ts';
import { retryCommand } from './commands/retry.ts';
import { searchCommand } from './commands/search.ts';
import { sessionsCommand } from './commands/sessions.ts';
import { startCommand } from './commands/start.ts';
import { stopCommand } from './commands/stop.ts';
import { tokenCommand } from './commands/token.ts';
import { watchCommand } from './commands/watch.ts';
import type { CommandContext } from './context.ts';
import { REPOSITORY_ROOT } from './repository.ts';

const COMMANDS = [
  startCommand,
  importCommand,
  watchCommand,
  sessionsCommand,
  cancelCommand,
  retryCommand,
  deleteCommand,
  exportCommand,
  searchCommand,
  tokenCommand,
  doctorCommand,
  rebuildCommand,
  gatewayCommand,
  stopCommand,
  resetCommand,
];

const EXIT_CODES = `
Exit codes: 0 done, 1 failed, 2 usage, 3 platform not reachable, 4 not allowed, 130 stopped by Ctrl-C

Settings (environment):
  COLLOQUY_URL    where the platform is (default http://localhost:4000, or the port of PORT)
  COLLOQUY_TOKEN  whose token to use (default: a local administrator's)
  COLLOQUY_HOME   data, logs and secrets of the local platform (default .colloquy in the checkout)
cli/README.md lists all of them.`;

/** The whole command line. Wrong usage is thrown as a CommanderError. */
export function buildProgram(context: CommandContext): Command {
  const program = new Command('colloquy')
    .description('Chat archives become typed, connected, searchable knowledge.')
    .version(version())
    .addHelpText('after', EXIT_CODES)
    .showHelpAfterError('(--help shows how)');
  for (const command of COMMANDS) program.addCommand(command(context));
  for (const command of [program, ...program.commands]) quiet(command, context);
  return program;
}

/** Lets a command throw where it would end the process, and speak through our output. */
function quiet(command: Command, { output }: CommandContext): void {
  command
    .exitOverride()
    .helpCommand(false)
    .configureOutput({
      writeOut: (text) => void output.stdout.write(text),
      writeErr: (text) => void output.stderr.write(text),
    });
  if (command.parent)
    command.addHelpText('after', '\nExit codes: colloquy --help').showHelpAfterError('(--help shows how)');
}

function version(): string {
  const text = readFileSync(join(REPOSITORY_ROOT, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
