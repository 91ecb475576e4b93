import { Command } from 'commander';
import { patient } from '../client/connection.ts';
import { followSession } from '../client/follow.ts';
import type { CommandContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import type { ProgressEvent } from '../operations/progress.ts';
import { readSession } from '../operations/session.ts';
import type { Output } from '../output.ts';
import { clip, counted } from '../presentation/format.ts';
import { ProgressTracker } from '../progress/state.ts';
import { createProgressView } from '../progress/view.ts';

/** `colloquy watch SESSION` */
export function watchCommand(context: CommandContext): Command {
  return new Command('watch')
    .description('follow the progress of a session until it ends')
    .argument('<session>', 'id of the session, as `colloquy import` and `colloquy sessions` print it')
    .option('--after <cursor>', 'only what came after the event with this cursor')
    .option('--json', 'every event as one line of JSON, with the items it brought')
    .addHelpText('after', EXAMPLES)
    .action((session: string, options: WatchOptions) => run(context, session, options));
}

interface WatchOptions {
  after?: string;
  json?: boolean;
}

const EXAMPLES = `
Each event is shown once, also when the connection or the gateway is lost in between.
Exit code 0 when the session is COMPLETED, 1 when it FAILED or was CANCELLED.

Examples:
  $ colloquy watch sess_01k9x2v0m5e8tb7yq4zr3hw6ns
  $ colloquy watch sess_01k9x2v0m5e8tb7yq4zr3hw6ns --json | jq -r .newItems[].title`;

async function run(context: CommandContext, sessionId: string, options: WatchOptions): Promise<void> {
  const { output } = context;
  const first = await readSession(context.connection, sessionId);
  const connection = patient(context.connection, (reason) => output.remark(`${reason} Trying again.`));
  const events = followSession(connection, sessionId, { after: options.after ?? null, withItems: true });
  if (options.json) {
    for await (const event of events) output.json(event);
  } else {
    await show(events, first.archive.fileName, output);
  }
  const last = await readSession(connection, sessionId);
  if (last.status === 'COMPLETED') return;
  context.exitCode = EXIT.failed;
  const reason = last.errorMessage ? `: ${last.errorCode ?? ''} ${last.errorMessage}` : '';
  output.remark(`The session is ${last.status}${reason}`);
}

async function show(events: AsyncIterable<ProgressEvent>, label: string, output: Output): Promise<void> {
  const tracker = new ProgressTracker(label);
  const view = createProgressView(output.stdout, output.style);
  try {
    for await (const event of events) {
      view.show(tracker.event(event));
      for (const line of newItemLines(event)) view.remark(line);
    }
  } finally {
    view.end();
  }
}

const ITEMS_SHOWN_PER_EVENT = 3;

function newItemLines(event: ProgressEvent): string[] {
  const items = event.newItems ?? [];
  const shown = items.slice(0, ITEMS_SHOWN_PER_EVENT).map((item) => `  + ${item.type} ${clip(item.title, 90)}`);
  const more = items.length - shown.length;
  return more > 0 ? [...shown, `  + ${counted(more, 'further item')}`] : shown;
}
