import { setTimeout as delay } from 'node:timers/promises';
import { Command } from 'commander';
import { type Connection, patient } from '../client/connection.ts';
import type { CommandContext } from '../context.ts';
import { RefusedError } from '../exit.ts';
import {
  askToDelete,
  DELETABLE,
  type Deletable,
  type Deletion,
  type DeletionCounts,
  readDeletion,
  readSubject,
  type Subject,
} from '../operations/deletion.ts';
import type { Output } from '../output.ts';
import { bytes, clip, counted } from '../presentation/format.ts';
import { LiveRegion } from '../presentation/live-region.ts';
import { oneOf } from './arguments.ts';
import { confirm } from './confirm.ts';

const POLL_INTERVAL_MS = 300;

interface DeleteOptions {
  yes?: boolean;
  json?: boolean;
}

const EXPLANATION = `
Deleting an archive takes its file and what no other archive holds. Deleting a conversation or a message takes it from
every archive; the files stay as they came, and are named. Needs the role curator.

Examples:
  $ colloquy delete archive arch_01k9x2v0m5e8tb7yq4zr3hw6ns
  $ colloquy delete message msg_01k9x2v0m5e8tb7yq4zr3hw6ns --yes --json`;

/** `colloquy delete archive|conversation|message ID` */
export function deleteCommand(context: CommandContext): Command {
  return new Command('delete')
    .description('delete an archive, a conversation or a message, with everything derived from it, from every store')
    .argument('<kind>', 'archive, conversation or message', oneOf(DELETABLE))
    .argument('<id>', 'its id')
    .option('--yes', 'do not ask')
    .option('--json', 'what was deleted as one line of JSON')
    .addHelpText('after', EXPLANATION)
    .action((kind: Deletable, id: string, options: DeleteOptions) => run(context, kind, id, options));
}

async function run(context: CommandContext, kind: Deletable, id: string, options: DeleteOptions): Promise<void> {
  const { connection, output } = context;
  if (!options.yes) {
    const what = describe(await readSubject(connection, kind, id));
    if (!(await confirm(`Delete ${what}, and everything derived from it?`, output))) {
      output.remark('Nothing was deleted.');
      return;
    }
  }
  const asked = await askToDelete(connection, kind, id);
  const ended = await follow(
    patient(connection, (reason) => output.remark(`${reason} Trying again.`)),
    asked,
    output,
  );
  if (options.json) output.json(ended);
  else for (const line of summary(ended)) output.line(line);
  if (ended.status === 'FAILED') {
    throw new RefusedError('DELETION_FAILED', `${ended.errorMessage ?? 'No reason given.'} The same command goes on.`);
  }
}

function describe(subject: Subject): string {
  switch (subject.__typename) {
    case 'SourceArchive':
      return `the archive ${subject.fileName} (${bytes(subject.byteSize)}) with what no other archive holds`;
    case 'Conversation':
      return `the conversation "${clip(subject.title ?? 'untitled', 60)}" (${counted(subject.messageCount, 'message')})`;
    case 'Message':
      return `the message "${clip(subject.text, 60)}" (${subject.role.toLowerCase()})`;
  }
}

async function follow(connection: Connection, first: Deletion, output: Output): Promise<Deletion> {
  const live = output.stderr.isTTY ? new LiveRegion(output.stderr) : undefined;
  try {
    for (let deletion = first; ; deletion = await readDeletion(connection, first.id)) {
      if (deletion.status === 'COMPLETED' || deletion.status === 'FAILED') return deletion;
      const waiting = deletion.waitingFor === null ? '' : ` Waiting for ${deletion.waitingFor}`;
      live?.update([`Deleting ${deletion.subjectName}: ${removed(deletion.counts)} so far.${waiting}`]);
      await delay(POLL_INTERVAL_MS);
    }
  } finally {
    live?.end({ clear: true });
  }
}

const removed = ({ conversations, messages, items }: DeletionCounts) =>
  [counted(conversations, 'conversation'), counted(messages, 'message'), counted(items, 'item')].join(', ');

function summary({ subjectName, status, counts, archives }: Deletion): string[] {
  const lines = [
    `${subjectName}: ${status === 'COMPLETED' ? 'deleted' : 'not yet deleted as a whole'}.`,
    `  PostgreSQL    ${removed(counts)}, ${counted(counts.relations, 'relation')}, ${counted(counts.revisions, 'former text')}, ${counted(counts.attachments, 'attached file')}, ${counted(counts.chunks, 'chunk')}, ${counted(counts.embeddings, 'vector')}`,
    `  Neo4j         ${counted(counts.graphNodes, 'node')}, ${counted(counts.graphEdges, 'edge')}`,
    `  Weaviate      ${counted(counts.vectors, 'vector')}`,
    `  object store  ${counted(counts.objects, 'object')}, ${bytes(counts.objectBytes)}`,
  ];
  if (archives.length > 0) {
    const files = archives.map(({ id, fileName }) => `${fileName} (${id})`).join(', ');
    lines.push(`Still in the stored file of ${files}, until that archive is deleted.`);
  }
  return lines;
}
