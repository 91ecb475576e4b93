import { Command } from 'commander';
import { patient } from '../client/connection.ts';
import { request } from '../client/graphql.ts';
import type { CommandContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import type { BatchView } from '../importing/batch-view.ts';
import { createBatchView } from '../importing/create-batch-view.ts';
import { gatherFiles, type ImportFile } from '../importing/files.ts';
import { closingLines } from '../importing/going-on.ts';
import type { ImportOutcome } from '../importing/import-file.ts';
import { exitCodeOf, importFiles } from '../importing/import-files.ts';
import { watchInterruption } from '../importing/interruption.ts';
import { showIssues } from '../importing/issues.ts';
import { Problems } from '../importing/problems.ts';
import { summaryLines } from '../importing/summary.ts';
import { viewerQuery } from '../operations/viewer.ts';
import type { Output } from '../output.ts';
import { bytes, counted } from '../presentation/format.ts';
import { atOnce } from './arguments.ts';

interface ImportCommandOptions {
  json?: boolean;
  wait: boolean;
  uploads: number;
}

/** Files that may be under way at once, most of them waiting for their turn on the platform. */
const UNDER_WAY = 32;

/** `colloquy import FILE...` */
export function importCommand(context: CommandContext): Command {
  return new Command('import')
    .description('upload chat exports, extract them and show how far they are')
    .argument('<files...>', 'exports of ChatGPT, Claude, Gemini ..., or folders that hold them; the format is detected')
    .option('--json', 'one line of JSON per file on stdout, progress on stderr')
    .option('--no-wait', 'start the extraction and leave; `colloquy watch` shows it later')
    .option('--uploads <n>', 'files that are read and sent at once, 1 to 16', atOnce, 4)
    .addHelpText('after', EXAMPLES)
    .action((paths: string[], options: ImportCommandOptions) => run(context, paths, options));
}

const EXAMPLES = `
A folder stands for the files below it that could be exports: .zip, .json, .jsonl, .ndjson, .txt, .html. Hidden files
and node_modules are passed over. A file that is no export is refused, and the others go on.
A file that was imported before adds nothing and gives the same session, so the same command again goes on where an
earlier one was stopped: what is done is found by its hash, what runs is followed, what failed is tried again.
Exit code 0 when every session is COMPLETED, 130 after Ctrl-C.

Examples:
  $ colloquy import chatgpt-export.zip
  $ colloquy import data-2026-03-01-batch-0000.zip conversations.json
  $ colloquy import ~/.claude/projects ~/Downloads/exports
  $ colloquy import --json export.zip | jq .sessionId`;

async function run(context: CommandContext, paths: string[], options: ImportCommandOptions): Promise<void> {
  const { output } = context;
  const json = options.json ?? false;
  const files = await gatherFiles(paths);
  // Asked without patience: a platform that was never there is told at once, one that restarts later is waited for.
  await request(context.connection, viewerQuery);
  if (files.length > 1 && !json) output.line(inventory(files));
  const startedAt = performance.now();
  const outcomes = await importAll(context, files, { ...options, json });
  const seconds = (performance.now() - startedAt) / 1000;
  context.exitCode = exitCodeOf(outcomes, options.wait);
  if (!json) {
    output.line();
    for (const line of summaryLines(outcomes, seconds)) output.line(line);
  }
  for (const line of closingLines(outcomes)) output.remark(line);
  if (json || (context.exitCode !== EXIT.done && context.exitCode !== EXIT.failed)) return;
  const results = outcomes.flatMap(({ result, doneBefore }) => (doneBefore ? [] : [result]));
  await showIssues(context.connection, results, output);
}

async function importAll(
  { connection, output }: CommandContext,
  files: readonly ImportFile[],
  options: ImportCommandOptions & { json: boolean },
): Promise<ImportOutcome[]> {
  const stream = options.json ? output.stderr : output.stdout;
  const style = options.json ? output.styleRemark : output.style;
  // With --json the progress is plain lines even on a terminal: results and bars would write over each other.
  const view = createBatchView(files, options.json ? withoutTerminal(stream) : stream, style);
  const interruption = watchInterruption(() => view.remark('Stopping; Ctrl-C again ends at once.'));
  const steady = { ...patient(connection, remarkOnce(view)), signal: interruption.signal };
  const problems = new Problems(output.styleRemark);
  const tell = (outcome: ImportOutcome) => {
    const problem = problems.of(outcome);
    if (problem !== null) {
      if (stream.isTTY && !options.json) view.remark(problem);
      else output.remark(problem);
    }
    if (options.json) output.json(outcome.result);
  };
  const { wait, uploads } = options;
  return importFiles(steady, files, view, { wait, uploads, underWay: UNDER_WAY, onOutcome: tell }).finally(() =>
    interruption.release(),
  );
}

function inventory(files: readonly ImportFile[]): string {
  const total = files.reduce((sum, { byteSize }) => sum + byteSize, 0);
  return `${counted(files.length, 'file')}, ${bytes(total)}`;
}

function withoutTerminal(stream: Output['stderr']): Output['stderr'] {
  return { write: (text) => stream.write(text) };
}

const SAME_REMARK_MS = 10_000;

/** Many files that meet the same fault at once are one remark. */
function remarkOnce(view: BatchView): (reason: string) => void {
  let said = { reason: '', at: Number.NEGATIVE_INFINITY };
  return (reason) => {
    const at = performance.now();
    if (reason === said.reason && at - said.at < SAME_REMARK_MS) return;
    said = { reason, at };
    view.remark(`${reason} Trying again.`);
  };
}
