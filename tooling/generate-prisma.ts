import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

// `prisma generate` needs no engine, but looks for one and would download it; any existing file satisfies it.
const root = join(import.meta.dirname, '..');
const prisma = join(dirname(createRequire(import.meta.url).resolve('prisma/package.json')), 'build/index.js');
const { status, error } = spawnSync(process.execPath, [prisma, 'generate'], {
  cwd: root,
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  stdio: 'inherit',
});
if (error) throw error;
process.exitCode = status ?? 1;
