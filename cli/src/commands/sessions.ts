import { Command, Option } from 'commander';
import type { CommandContext } from '../context.ts';
import { listSessions, type SessionStatus, STATUSES } from '../operations/session.ts';
import { readSessionDetail } from '../operations/session-detail.ts';
import { count } from '../presentation/format.ts';
import { detailLines } from '../sessions/detail.ts';
import { sessionLines } from '../sessions/list.ts';
import { pageSize } from './arguments.ts';

interface SessionsOptions {
  first: number;
  status?: SessionStatus;
  issues: number;
  json?: boolean;
}

/** `colloquy sessions [SESSION]` */
export function sessionsCommand(context: CommandContext): Command {
  return new Command('sessions')
    .description('list the extraction sessions, newest first, or show one in full')
    .argument('[session]', 'id of a session: its stages, rates, counts, issues, and what to do next')
    .option('--first <n>', 'how many, 1 to 100', pageSize, 20)
    .addOption(new Option('--status <status>', 'only these').choices(STATUSES).argParser(upperCase))
    .option('--issues <n>', 'issues of the session that are shown, 1 to 100', pageSize, 10)
    .option('--json', 'one line of JSON per session')
    .addHelpText(
      'after',
      '\nExamples:\n  $ colloquy sessions\n  $ colloquy sessions --status FAILED --json\n  $ colloquy sessions sess_01k9x2v0m5e8tb7yq4zr3hw6ns',
    )
    .action((session: string | undefined, options: SessionsOptions) =>
      session === undefined ? list(context, options) : show(context, session, options),
    );
}

function upperCase(value: string): string {
  return value.toUpperCase();
}

async function list({ connection, output }: CommandContext, options: SessionsOptions): Promise<void> {
  const { sessions, totalCount } = await listSessions(connection, { first: options.first, status: options.status });
  if (options.json) {
    for (const session of sessions) output.json(session);
    return;
  }
  if (sessions.length === 0) {
    output.line('No sessions. `colloquy import FILE` starts one.');
    return;
  }
  for (const line of sessionLines(sessions)) output.line(line);
  if (totalCount > sessions.length) output.line(`${count(totalCount - sessions.length)} more; --first shows up to 100`);
}

async function show({ connection, output }: CommandContext, id: string, options: SessionsOptions): Promise<void> {
  const session = await readSessionDetail(connection, id, options.issues);
  if (options.json) output.json(session);
  else for (const line of detailLines(session, output.style)) output.line(line);
}
