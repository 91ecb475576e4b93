#!/usr/bin/env node
import { createLog } from '@colloquy/service';
import { readArchiveEnvironment } from './environment.ts';
import { serveArchive } from './server.ts';

try {
  const environment = readArchiveEnvironment();
  await serveArchive(environment, createLog({ name: 'archive', level: environment.LOG_LEVEL }));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
