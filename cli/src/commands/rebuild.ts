import { setTimeout as delay } from 'node:timers/promises';
import { Command } from 'commander';
import { type Connection, patient } from '../client/connection.ts';
import type { CommandContext } from '../context.ts';
import { RefusedError } from '../exit.ts';
import { type Projection, type ProjectionRun, readProjectionRun, rebuildProjection } from '../operations/rebuild.ts';
import type { Output } from '../output.ts';
import { counted } from '../presentation/format.ts';
import type { ProgressState } from '../progress/state.ts';
import { createProgressView } from '../progress/view.ts';
import { oneOf } from './arguments.ts';

const POLL_INTERVAL_MS = 500;
const PROJECTIONS = ['GRAPH', 'SEARCH'] as const;

/** `colloquy rebuild graph|search` */
export function rebuildCommand(context: CommandContext): Command {
  return new Command('rebuild')
    .description('build a projection anew from PostgreSQL, aside, and swap it in; the old one answers meanwhile')
    .argument('<projection>', 'graph (Neo4j) or search (Weaviate)', oneOf(PROJECTIONS))
    .addHelpText(
      'after',
      '\nNeeds the role administrator.\n\nExamples:\n  $ colloquy rebuild graph\n  $ colloquy rebuild search',
    )
    .action((projection: Projection) => run(context, projection));
}

async function run({ connection, output }: CommandContext, projection: Projection): Promise<void> {
  const runId = await rebuildProjection(connection, projection);
  const ended = await follow(
    patient(connection, (reason) => output.remark(`${reason} Trying again.`)),
    runId,
    output,
  );
  if (ended.status === 'FAILED') {
    throw new RefusedError(
      'REBUILD_FAILED',
      `${ended.errorMessage ?? 'No reason given.'} The old projection is untouched.`,
    );
  }
  output.line(`The ${projection.toLowerCase()} projection is rebuilt: ${counted(ended.done, 'conversation')}.`);
}

async function follow(connection: Connection, runId: string, output: Output): Promise<ProjectionRun> {
  const view = createProgressView(output.stdout, output.style);
  try {
    for (;;) {
      const run = await readProjectionRun(connection, runId);
      view.show(stateOf(run));
      if (run.status === 'COMPLETED' || run.status === 'FAILED') return run;
      await delay(POLL_INTERVAL_MS);
    }
  } finally {
    view.end();
  }
}

function stateOf(run: ProjectionRun): ProgressState {
  return {
    label: `rebuild ${run.projection.toLowerCase()}`,
    stage: 'PROJECT',
    status: run.status,
    fraction: run.status === 'COMPLETED' ? 1 : run.total ? run.done / run.total : 0,
    done: run.done,
    total: run.total,
    inBytes: false,
    rate: null,
    etaSeconds: null,
    waitingFor: run.waitingFor,
    counts: null,
  };
}
