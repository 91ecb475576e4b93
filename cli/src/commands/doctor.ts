import { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { type Diagnosis, diagnose, isHealthy, type PartReport } from '../platform/diagnosis.ts';
import { table } from '../presentation/table.ts';

/** `colloquy doctor` */
export function doctorCommand(context: CommandContext): Command {
  return new Command('doctor')
    .description('say how every store and process is, and what to do about what is not well')
    .option('--json', '{stores: [{name, state, how, version, address, detail}], processes: [...]} on one line')
    .addHelpText(
      'after',
      '\nExit code 0 only when everything is healthy.\n\nExamples:\n  $ colloquy doctor\n  $ colloquy doctor --json',
    )
    .action((options: { json?: boolean }) => run(context, options.json ?? false));
}

async function run(context: CommandContext, json: boolean): Promise<void> {
  const { settings, output } = context;
  const diagnosis = await diagnose(settings);
  context.exitCode = isHealthy(diagnosis) ? EXIT.done : EXIT.failed;
  if (json) {
    output.json(diagnosis);
    return;
  }
  for (const line of lines(diagnosis)) output.line(line);
}

function lines({ stores, processes }: Diagnosis): string[] {
  const row = (part: PartReport) => [
    part.name,
    part.state,
    part.how ?? '-',
    part.version ?? '-',
    part.address ?? '-',
    part.detail ?? '',
  ];
  return table(
    ['part', 'state', 'how', 'version', 'address', 'detail'].map((heading) => ({ heading })),
    [...stores, ...processes].map(row),
  );
}
