import { Command, Option } from 'commander';
import type { CommandContext } from '../context.ts';
import { listSessions, type Session, type SessionStatus, STATUSES } from '../operations/session.ts';
import { clip, count, percent } from '../presentation/format.ts';
import { table } from '../presentation/table.ts';
import { pageSize } from './arguments.ts';

/** `colloquy sessions` */
export function sessionsCommand(context: CommandContext): Command {
  return new Command('sessions')
    .description('list the extraction sessions, newest first')
    .option('--first <n>', 'how many, 1 to 100', pageSize, 20)
    .addOption(new Option('--status <status>', 'only these').choices(STATUSES).argParser(upperCase))
    .option('--json', 'one line of JSON per session')
    .addHelpText('after', '\nExamples:\n  $ colloquy sessions\n  $ colloquy sessions --status FAILED --json')
    .action((options: { first: number; status?: SessionStatus; json?: boolean }) => run(context, options));
}

function upperCase(value: string): string {
  return value.toUpperCase();
}

async function run(
  { connection, output }: CommandContext,
  options: { first: number; status?: SessionStatus; json?: boolean },
): Promise<void> {
  const { sessions, totalCount } = await listSessions(connection, { first: options.first, status: options.status });
  if (options.json) {
    for (const session of sessions) output.json(session);
    return;
  }
  if (sessions.length === 0) {
    output.line('No sessions. `colloquy import FILE` starts one.');
    return;
  }
  for (const line of lines(sessions)) output.line(line);
  if (totalCount > sessions.length) output.line(`${count(totalCount - sessions.length)} more; --first shows up to 100`);
}

function lines(sessions: readonly Session[]): string[] {
  return table(
    [
      { heading: 'session' },
      { heading: 'status' },
      { heading: 'done', numeric: true },
      { heading: 'conversations', numeric: true },
      { heading: 'messages', numeric: true },
      { heading: 'items', numeric: true },
      { heading: 'created' },
      { heading: 'file' },
      { heading: 'remark' },
    ],
    sessions.map((session) => [
      session.id,
      session.status,
      percent(session.fraction),
      count(session.conversationCount),
      count(session.messageCount),
      count(session.itemCount),
      session.createdAt.slice(0, 16).replace('T', ' '),
      clip(session.archive.fileName, 40),
      session.errorCode ?? (session.waitingFor ? `waits for ${clip(session.waitingFor, 60)}` : ''),
    ]),
  );
}
