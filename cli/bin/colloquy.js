#!/usr/bin/env node
// Plain JavaScript, so that any Node can read it: the sources are TypeScript, which Node 24 runs as it is.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REQUIRED_MAJOR = 24;
const here = dirname(fileURLToPath(import.meta.url));
const bundledNode = join(here, '..', '..', 'node_modules', '.bin', 'node');

if (Number(process.versions.node.split('.')[0]) >= REQUIRED_MAJOR) {
  const { main } = await import('../src/main.ts');
  await main(process.argv.slice(2));
} else if (existsSync(bundledNode)) {
  const child = spawn(bundledNode, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal's Ctrl-C reaches the child by itself; this process only has to outlive it.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
  });
} else {
  process.stderr.write(
    `colloquy needs Node ${REQUIRED_MAJOR} or later, this is ${process.versions.node}. Run \`npm ci\` in the checkout: it brings one.\n`,
  );
  process.exitCode = 1;
}
