import { Command } from 'commander';
import { patient } from '../client/connection.ts';
import { request } from '../client/graphql.ts';
import type { CommandContext } from '../context.ts';
import { inspectFiles } from '../importing/files.ts';
import { exitCodeOf, importFiles } from '../importing/import-files.ts';
import { showIssues } from '../importing/issues.ts';
import { summaryLines } from '../importing/summary.ts';
import { viewerQuery } from '../operations/viewer.ts';

/** `colloquy import FILE...` */
export function importCommand(context: CommandContext): Command {
  return new Command('import')
    .description('upload chat exports, extract them and show how far they are')
    .argument('<files...>', 'exports of ChatGPT, Claude, Gemini ... (.zip or .json); the format is detected')
    .option('--json', 'one line of JSON per file on stdout, progress on stderr')
    .option('--no-wait', 'start the extraction and leave; `colloquy watch` shows it later')
    .addHelpText('after', EXAMPLES)
    .action((paths: string[], options: { json?: boolean; wait: boolean }) => run(context, paths, options));
}

const EXAMPLES = `
A file that was imported before adds nothing and gives the same session.
Exit code 0 when every session is COMPLETED.

Examples:
  $ colloquy import chatgpt-export.zip
  $ colloquy import data-2026-03-01-batch-0000.zip conversations.json
  $ colloquy import --json export.zip | jq .sessionId`;

async function run(
  context: CommandContext,
  paths: string[],
  options: { json?: boolean; wait: boolean },
): Promise<void> {
  const { output } = context;
  const files = await inspectFiles(paths);
  // Asked without patience: a platform that was never there is told at once, one that restarts later is waited for.
  await request(context.connection, viewerQuery);
  const connection = patient(context.connection, output.remark);
  const json = options.json ?? false;
  const outcomes = await importFiles(connection, files, output, { json, wait: options.wait });
  context.exitCode = exitCodeOf(outcomes, options.wait);
  if (json) return;
  const results = outcomes.map((outcome) => outcome.result);
  output.line();
  for (const line of summaryLines(results)) output.line(line);
  for (const result of results) await showIssues(connection, result, output);
}
