import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { patient } from '../client/connection.ts';
import type { CommandContext } from '../context.ts';
import { CliError } from '../exit.ts';
import type { BatchView } from '../importing/batch-view.ts';
import { gatherFiles } from '../importing/files.ts';
import { importFiles } from '../importing/import-files.ts';
import { Problems } from '../importing/problems.ts';
import { summaryLines } from '../importing/summary.ts';
import type { Output } from '../output.ts';
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
  const files = await gatherFiles(names.map((name) => join(SAMPLES, name)));
  const persistent = { ...patient(connection, (reason) => screen.line(reason)), signal };
  const startedAt = performance.now();
  // One after the other: each bar is worth watching.
  const outcomes = await importFiles(persistent, files, viewOn(screen, output), {
    wait: true,
    uploads: 1,
    underWay: 1,
  });
  if (signal.aborted) return;
  screen.line('');
  const named = outcomes.map(({ result, ...outcome }) => {
    return { ...outcome, result: { ...result, file: result.file.slice(SAMPLES.length + 1) } };
  });
  for (const line of summaryLines(named, (performance.now() - startedAt) / 1000)) screen.line(line);
  await showAnswers(persistent, screen, output.style);
  screen.line('');
  screen.line(`Explore: ${connection.url}/ (queries, subscriptions, documentation). Ctrl-C stops the platform.`);
}

function viewOn(screen: Screen, output: Output): BatchView {
  const problems = new Problems(output.style);
  return {
    file: () => screen.progress(),
    ended: (_, outcome) => {
      const problem = problems.of(outcome);
      if (problem !== null) screen.line(problem);
    },
    remark: (text) => screen.line(text),
    end: () => undefined,
  };
}
