import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand } from '../../command.ts';
import { serverEnvironment } from '../../environment.ts';
import { StackError } from '../../errors.ts';
import { homePaths } from '../../home.ts';
import { secret } from '../../secret.ts';
import type { StoreContext } from '../../store.ts';
import { type Account, SHARED_FOLDER } from './account.ts';
import { isReachableByOthers } from './reachable.ts';

/**
 * Where the data lies: in the home, or, for root with a home that the account `postgres` cannot reach (below /root, say),
 * in a folder of its own under /var/lib/colloquy.
 */
export function dataFolder(home: string, account: Account | null): string {
  const { root, data } = homePaths(home);
  return account === null || isReachableByOthers(root) ? data('postgres') : distantFolder(root);
}

/** Deletes the data that lies outside the home, if any. */
export function removeDistantData(home: string): void {
  rmSync(distantFolder(homePaths(home).root), { recursive: true, force: true });
}

/** Creates the database cluster once. An interrupted creation does not count. */
export async function createCluster(
  context: StoreContext,
  binaries: string,
  folder: string,
  account: Account | null,
): Promise<void> {
  if (existsSync(join(folder, 'PG_VERSION'))) return;
  const distant = folder === distantFolder(context.paths.root);
  const where = distant ? ` in ${folder}, because the account postgres cannot reach ${context.paths.root}` : '';
  context.progress(`PostgreSQL: creating the database cluster${where}`, null);
  const partial = `${folder}.partial`;
  const passwordFile = `${folder}.password`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  if (account !== null && dirname(folder).startsWith(SHARED_FOLDER)) chmodSync(SHARED_FOLDER, 0o755);
  mkdirSync(partial, { mode: 0o700 });
  writeFileSync(passwordFile, await secret(context.home, 'postgres-superuser'), { mode: 0o600 });
  for (const path of account === null ? [] : [partial, passwordFile])
    chownSync(path, account?.uid ?? 0, account?.gid ?? 0);
  try {
    await initialise(context, binaries, partial, passwordFile, account);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(partial, folder);
}

/** Characters are classified by Unicode on every system; only some systems have a locale of that name to go with it. */
const LOCALES = ['C.UTF-8', 'en_US.UTF-8', 'C'];

async function initialise(
  context: StoreContext,
  binaries: string,
  folder: string,
  passwordFile: string,
  account: Account | null,
): Promise<void> {
  let last: unknown;
  for (const locale of LOCALES) {
    try {
      const sorting = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', `--locale=${locale}`];
      const access = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
      await runCommand({
        command: join(binaries, 'bin', 'initdb'),
        args: [`--pgdata=${folder}`, '--encoding=UTF8', ...sorting, ...access],
        env: serverEnvironment(),
        cwd: '/',
        ...(account === null ? {} : { account }),
        note: { home: context.home, name: 'install-postgres' },
        signal: context.signal,
      });
      return;
    } catch (error) {
      last = error;
      const unknownLocale = error instanceof StackError && error.message.includes('invalid locale name');
      if (!unknownLocale) break;
    }
  }
  throw last;
}

function distantFolder(root: string): string {
  return join(SHARED_FOLDER, 'homes', createHash('sha256').update(root).digest('hex').slice(0, 16));
}
