import { readFileSync } from 'node:fs';
import { runCommand } from '../../command.ts';
import { StackError } from '../../errors.ts';
import { isRoot } from '../../home.ts';
import { needProgram } from '../../program.ts';

/** A system account. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** For root, whatever the account `postgres` must reach and cannot in the home or the checkout lies here. */
export const SHARED_FOLDER = '/var/lib/colloquy';

const NAME = 'postgres';

/**
 * The account that PostgreSQL runs under: it refuses to run as root, so root uses (and creates, when absent) the system
 * account `postgres`. Null: it runs as who we are.
 */
export async function serverAccount(): Promise<Account | null> {
  if (!isRoot()) return null;
  const found = findAccount();
  if (found !== null) return found;
  const advice = 'PostgreSQL does not run as root: run this as another user, or create the system account postgres.';
  const useradd = needProgram('useradd', advice);
  await runCommand({ command: useradd, args: ['--system', '--user-group', '--no-create-home', NAME] });
  const created = findAccount();
  if (created === null) throw new StackError('INSTALL_BROKEN', `useradd did not create the account ${NAME}. ${advice}`);
  return created;
}

function findAccount(): Account | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${NAME}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? null : { uid: Number(uid), gid: Number(gid) };
}
