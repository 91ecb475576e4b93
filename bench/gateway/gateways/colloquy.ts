import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Gateway, node, ROOT } from './gateway.ts';

/** What `colloquy start` gives Node for the gateway: a larger nursery, so that answers die before they are promoted. */
export const NODE_FLAGS = ['--max-semi-space-size=64'];

/** Ours, with every feature on that is on by default. */
export function colloquy(deduplicates: boolean): Gateway {
  return {
    name: deduplicates ? 'colloquy+dedupe' : 'colloquy',
    title: 'Colloquy',
    deduplicates,
    version: execFileSync('git', ['describe', '--always', '--dirty'], { cwd: ROOT, encoding: 'utf8' }).trim(),
    missing: null,
    command({ port, supergraph, folder }) {
      const config = join(folder, 'gateway.json');
      writeFileSync(config, JSON.stringify(deduplicates ? { traffic: { deduplicate: true } } : {}));
      const main = join(ROOT, 'gateway/src/main.ts');
      return node(...NODE_FLAGS, main, '--supergraph', supergraph, '--port', String(port), '--config', config);
    },
  };
}
