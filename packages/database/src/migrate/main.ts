#!/usr/bin/env node
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readMigrationEnvironment } from './environment.ts';
import { migrateDown, migrateUp, migrationStatus } from './migrate.ts';

const HELP = `Usage: node packages/database/src/migrate/main.ts COMMAND [--folder DIR]

  up        apply what is pending, then install or update the job queue
  rollback  undo the newest applied migration
  status    list the migrations and their state

Needs DATABASE_OWNER_URL: the role that owns the schema. Keeps _prisma_migrations as Prisma does.
Exit codes: 0 done, 1 failed, 2 usage.
`;

const FOLDER = join(import.meta.dirname, '../../../../prisma/migrations');

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' }, folder: { type: 'string', default: FOLDER } },
  });
  const [command] = positionals;
  if (values.help) return say(HELP, 0);
  const commands: Record<string, (url: string) => Promise<string>> = {
    up: async (url) =>
      (await migrateUp(url, values.folder)).map((name) => `applied ${name}\n`).join('') || 'nothing to apply\n',
    rollback: async (url) => `${(await migrateDown(url, values.folder)) ?? 'nothing'} undone\n`,
    status: async (url) =>
      (await migrationStatus(url, values.folder)).map(({ name, state }) => `${state.padEnd(8)} ${name}\n`).join(''),
  };
  const chosen = command === undefined ? undefined : commands[command];
  if (!chosen) return say(HELP, 2);
  return say(await chosen(readMigrationEnvironment().DATABASE_OWNER_URL), 0);
}

function say(text: string, code: number): number {
  (code === 0 ? process.stdout : process.stderr).write(text);
  return code;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  },
);
