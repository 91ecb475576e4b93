import { CommanderError } from 'commander';
import { type CommandContext, createContext } from './context.ts';
import { coloursAllowed, readSettings } from './environment.ts';
import { CliError, EXIT, type ExitCode } from './exit.ts';
import { createOutput, type Output } from './output.ts';
import { buildProgram } from './program.ts';

/** Runs one command line and sets the exit code; it never ends the process while output is still being written. */
export async function main(args: readonly string[]): Promise<void> {
  const output = createOutput(process.stdout, process.stderr, coloursAllowed());
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // A pipe that was closed (`| head`), a terminal that is gone.
      const isGone = error.code === 'EPIPE' || error.code === 'EIO';
      if (isGone && output.outlivesReaders) return;
      if (isGone) process.exit(EXIT.done);
      throw error;
    });
  }
  process.exitCode = await run(args, () => createContext(readSettings(), output), output);
}

/** Runs one command line and gives its exit code. */
export async function run(args: readonly string[], context: () => CommandContext, output: Output): Promise<ExitCode> {
  try {
    const running = context();
    await buildProgram(running).parseAsync([...args], { from: 'user' });
    return running.exitCode;
  } catch (error) {
    return report(error, output);
  }
}

function report(error: unknown, output: Output): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  const label = output.styleRemark('red', 'error:');
  if (error instanceof CliError) {
    output.remark(`${label} ${error.message}`);
    return error.exitCode;
  }
  output.remark(`${label} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return EXIT.failed;
}
