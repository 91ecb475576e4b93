import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CliError } from '../exit.ts';
import { REPOSITORY_ROOT } from '../repository.ts';

const LAST_LINES = 20;

/**
 * Brings the database to the schema of this checkout, as its owner. Gives the runner's last line. Throws a CliError with
 * the runner's own words when a migration fails.
 */
export async function migrate(env: Readonly<Record<string, string>>): Promise<string> {
  const runner = join(REPOSITORY_ROOT, 'packages/database/src/migrate/main.ts');
  const child = spawn(process.execPath, [runner, 'up'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const listen = (chunk: Buffer) => {
    said += chunk.toString('utf8');
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const [code] = (await once(child, 'close')) as [number | null];
  const lines = said.trim().split('\n').slice(-LAST_LINES);
  if (code !== 0) {
    throw new CliError('MIGRATION_FAILED', `The database could not be brought to this version:\n${lines.join('\n')}`);
  }
  return lines.at(-1) ?? '';
}
