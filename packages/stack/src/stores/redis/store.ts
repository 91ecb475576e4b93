import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverEnvironment } from '../../environment.ts';
import { StackError } from '../../errors.ts';
import { findProgram } from '../../program.ts';
import { secret } from '../../secret.ts';
import { LOOPBACK } from '../../settings.ts';
import type { StoreContext, StoreDefinition } from '../../store.ts';
import { type RedisProgram, redisFromDebian } from './debian.ts';
import { pingRedis } from './resp.ts';

export const redis: StoreDefinition = {
  name: 'redis',
  portNames: ['redis'],
  composeService: 'redis',

  async prepare(context) {
    const program = await findRedis(context);
    const folder = context.paths.data('redis');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return async () => {
      const file = await writeConfiguration(context, folder);
      return { command: program.command, args: [file], env: serverEnvironment(program.env), cwd: folder };
    };
  },

  async check({ REDIS_URL }) {
    if (REDIS_URL === undefined) throw new StackError('UNHEALTHY', 'REDIS_URL is not set.');
    return pingRedis(REDIS_URL);
  },
};

async function findRedis(context: StoreContext): Promise<RedisProgram> {
  const found = findProgram('redis-server', 'valkey-server');
  return found === null ? redisFromDebian(context) : { command: found, env: {} };
}

/** The password is in a file, because everybody on the machine can read arguments. */
async function writeConfiguration(context: StoreContext, folder: string): Promise<string> {
  const lines = [
    `bind ${LOOPBACK}`,
    `port ${context.ports.redis}`,
    `dir "${folder}"`,
    'daemonize no',
    'protected-mode yes',
    `requirepass ${await secret(context.home, 'redis')}`,
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    'maxmemory 256mb',
    'maxmemory-policy noeviction',
  ];
  const file = join(folder, 'redis.conf');
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  return file;
}
