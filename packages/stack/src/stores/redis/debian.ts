import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../command.ts';
import { serverEnvironment } from '../../environment.ts';
import { StackError } from '../../errors.ts';
import { type InstallContext, installOnce } from '../../install.ts';
import { findProgram } from '../../program.ts';

export interface RedisProgram {
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
}

const ADVICE = 'Install Redis 7 or Valkey (`redis-server` or `valkey-server` on PATH), set REDIS_URL, or start Docker.';

/** Takes Redis out of Debian's packages without installing them, so root is not needed. */
export async function redisFromDebian(context: InstallContext): Promise<RedisProgram> {
  if (findProgram('apt-get') === null || findProgram('dpkg') === null) {
    throw new StackError('PROGRAM_MISSING', `There is no Redis on PATH and no apt-get to fetch it with. ${ADVICE}`);
  }
  const folder = await installOnce(context, {
    folder: 'programs/redis-debian',
    title: 'Redis',
    async build(target) {
      await fetchPackages(context, target);
      await verify(unpackedProgram(target));
      for (const used of ['archives', 'apt']) rmSync(join(target, used), { recursive: true, force: true });
    },
  });
  return unpackedProgram(folder);
}

async function fetchPackages(context: InstallContext, target: string): Promise<void> {
  const archives = join(target, 'archives');
  mkdirSync(archives);
  const apt = await usableApt(context, target);
  const packages = await neededPackages(context, apt);
  context.progress(`Redis: downloading ${packages.length} Debian packages`, 0.3);
  await run(context, 'apt-get', [...apt, 'download', ...packages], archives);
  const files = readdirSync(archives).filter((file) => file.endsWith('.deb'));
  for (const [index, file] of files.entries()) {
    context.progress(`Redis: unpacking ${file.split('_')[0]}`, 0.6 + (0.3 * index) / files.length);
    await run(context, 'dpkg', ['-x', join(archives, file), target], target);
  }
}

/** Options for apt-get under which it knows redis-server: none, or package lists of our own when the system has none. */
async function usableApt(context: InstallContext, target: string): Promise<string[]> {
  context.progress('Redis: looking for its Debian packages', 0.05);
  if (await knowsRedis(context, [])) return [];
  const lists = join(target, 'apt');
  for (const folder of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(lists, folder), { recursive: true });
  const own = [
    '-o',
    `Dir::State::lists=${lists}/lists`,
    '-o',
    `Dir::Cache=${lists}/cache`,
    '-o',
    'APT::Sandbox::User=root',
  ];
  context.progress('Redis: fetching Debian package lists', 0.1);
  await run(context, 'apt-get', [...own, 'update'], target);
  if (await knowsRedis(context, own)) return own;
  throw new StackError('PROGRAM_MISSING', `The package sources of this machine have no redis-server. ${ADVICE}`);
}

async function knowsRedis(context: InstallContext, apt: readonly string[]): Promise<boolean> {
  const shown = await run(context, 'apt-cache', [...apt, 'policy', 'redis-server'], context.cache);
  return /Candidate: \d/.test(shown);
}

/** redis-server, what it needs, and of that only what this machine lacks. */
async function neededPackages(context: InstallContext, apt: readonly string[]): Promise<string[]> {
  const args = [...apt, '--simulate', '--no-install-recommends', 'install', 'redis-server'];
  const plan = await run(context, 'apt-get', args, context.cache);
  const packages = [...plan.matchAll(/^Inst (\S+)/gm)].flatMap((match) => match[1] ?? []);
  return [...new Set(['redis-server', 'redis-tools', ...packages])];
}

function unpackedProgram(folder: string): RedisProgram {
  const libraries = ['lib', join('usr', 'lib')].flatMap((base) => {
    const root = join(folder, base);
    if (!existsSync(root)) return [];
    const inside = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return inside.map((entry) => join(root, entry.name));
  });
  return { command: join(folder, 'usr', 'bin', 'redis-server'), env: { LD_LIBRARY_PATH: libraries.join(':') } };
}

async function verify({ command, env }: RedisProgram): Promise<void> {
  try {
    await runCommand({ command, args: ['--version'], env: serverEnvironment(env) });
  } catch (error) {
    throw new StackError('INSTALL_BROKEN', `Redis from Debian's packages does not run here. ${ADVICE}`, {
      cause: error,
    });
  }
}

function run(context: InstallContext, command: string, args: readonly string[], cwd: string): Promise<string> {
  return runCommand({
    command,
    args,
    cwd,
    signal: context.signal,
    note: { home: context.home, name: 'install-redis' },
  });
}
