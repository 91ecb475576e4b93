import type { Connection } from './client/connection.ts';
import { platformToken } from './client/credentials.ts';
import type { Settings } from './environment.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { Output } from './output.ts';

/** What a command is given: its settings, its voice and the way to the platform. */
export interface CommandContext {
  readonly settings: Settings;
  readonly output: Output;
  readonly connection: Connection;
  /** What the process ends with when the command neither throws nor changes it. */
  exitCode: ExitCode;
}

/** The context of one command line. Nothing is contacted before a command asks for it. */
export function createContext(settings: Settings, output: Output): CommandContext {
  return {
    settings,
    output,
    connection: { url: settings.COLLOQUY_URL, token: () => platformToken(settings), patienceMs: 0 },
    exitCode: EXIT.done,
  };
}
