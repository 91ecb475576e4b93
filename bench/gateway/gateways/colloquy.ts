import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GATEWAY_PROGRAM } from '../../../cli/src/repository.ts';
import { type Gateway, node, ROOT } from './gateway.ts';

/** Ours, started as `colloquy gateway` starts it, with every feature on that is on by default. */
export function colloquy(deduplicates: boolean): Gateway {
  return {
    name: deduplicates ? 'colloquy+dedupe' : 'colloquy',
    title: 'Colloquy',
    deduplicates,
    version: execFileSync('git', ['describe', '--always', '--dirty'], { cwd: ROOT, encoding: 'utf8' }).trim(),
    missing: null,
    command({ port, supergraph, folder }) {
      const config = join(folder, 'gateway.json');
      writeFileSync(config, JSON.stringify({ traffic: { deduplicate: deduplicates } }));
      return node(...GATEWAY_PROGRAM, '--supergraph', supergraph, '--port', String(port), '--config', config);
    },
  };
}
