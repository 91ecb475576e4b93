import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { patient } from '../client/connection.ts';
import type { CommandContext } from '../context.ts';
import { CliError } from '../exit.ts';
import { inspectFiles } from '../importing/files.ts';
import { importFiles } from '../importing/import-files.ts';
import { summaryLines } from '../importing/summary.ts';
import type { Screen } from '../platform/screen.ts';
import { REPOSITORY_ROOT } from '../repository.ts';
import { showAnswers } from './answers.ts';

const SAMPLES = join(REPOSITORY_ROOT, 'samples');

/**
 * Imports the archives under `samples/` into the running platform and shows three answers from the graph. A failure is
 * told and leaves the platform running.
 */
export async function runSample(context: CommandContext, screen: Screen, signal: AbortSignal): Promise<void> {
  try {
    await importAndAsk(context, screen, signal);
  } catch (error) {
    if (signal.aborted) return;
    const reason = error instanceof CliError ? error.message : String(error instanceof Error ? error.stack : error);
    screen.line(`The sample could not be shown: ${reason}`);
  }
}

async function importAndAsk(
  { connection, output }: CommandContext,
  screen: Screen,
  signal: AbortSignal,
): Promise<void> {
  const names = (await readdir(SAMPLES)).filter((name) => /\.(json|zip)$/.test(name)).sort();
  const files = await inspectFiles(names.map((name) => join(SAMPLES, name)));
  const persistent = { ...patient(connection, (reason) => screen.line(reason)), signal };
  const outcomes = await importFiles(persistent, files, output, {
    json: false,
    wait: true,
    view: () => screen.progress(),
  });
  if (signal.aborted) return;
  screen.line('');
  for (const line of summaryLines(
    outcomes.map(({ result }) => ({ ...result, file: result.file.slice(SAMPLES.length + 1) })),
  )) {
    screen.line(line);
  }
  await showAnswers(persistent, screen, output.style);
  screen.line('');
  screen.line(`Explore: ${connection.url}/ (queries, subscriptions, documentation). Ctrl-C stops the platform.`);
}
