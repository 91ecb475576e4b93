import { access } from 'node:fs/promises';
import { Command } from 'commander';
import { downloadExport, type ExportCounts } from '../client/download.ts';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../exit.ts';
import { bytes, count } from '../presentation/format.ts';
import { LiveRegion } from '../presentation/live-region.ts';

interface ExportOptions {
  archive?: string;
  force?: boolean;
  json?: boolean;
}

/** `colloquy export FILE` */
export function exportCommand(context: CommandContext): Command {
  return new Command('export')
    .description('write conversations to a file that `colloquy import` reads again, here or elsewhere')
    .argument('<file>', 'the file to write: a ZIP with the attached files when it ends in .zip, else JSON Lines')
    .option('--archive <id>', 'only the conversations that this archive brought')
    .option('--force', 'replace the file if it is there')
    .option('--json', 'the counts as one line of JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  $ colloquy export everything.zip\n  $ colloquy export texts.jsonl\n  $ colloquy export one.jsonl --archive arch_01k9x2v0m5e8tb7yq4zr3hw6ns',
    )
    .action((file: string, options: ExportOptions) => run(context, file, options));
}

async function run({ connection, output }: CommandContext, file: string, options: ExportOptions): Promise<void> {
  if (!options.force && (await exists(file))) throw new UsageError(`${file} is there already; --force replaces it.`);
  const progress = output.stderr.isTTY ? new LiveRegion(output.stderr) : undefined;
  const counts = await downloadExport(connection, options.archive ?? 'all', file, (received) =>
    progress?.update([`${file}: ${bytes(received)}`]),
  ).finally(() => progress?.end({ clear: true }));
  if (options.json) output.json({ file, ...counts });
  else for (const line of summary(file, counts)) output.line(line);
}

function summary(file: string, { conversations, messages, attachments, assets }: ExportCounts): string[] {
  const files = assets > 0 ? ` and ${count(assets)} attached files` : '';
  const lines = [`${count(conversations)} conversations with ${count(messages)} messages${files} are in ${file}.`];
  const isZip = file.toLowerCase().endsWith('.zip');
  if (attachments > 0 && !isZip) {
    lines.push(`${count(attachments)} attached files are named in it; a file that ends in .zip gets their bytes too.`);
  }
  return lines;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
