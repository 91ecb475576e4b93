import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Gateway } from './gateway.ts';

/** Hive Router (Rust), when there is a binary. Deduplication is what it does by default. */
export function hiveRouter(deduplicates: boolean, binary: string | undefined): Gateway {
  return {
    name: deduplicates ? 'hive-router+dedupe' : 'hive-router',
    title: 'Hive Router (Rust)',
    deduplicates,
    version: binary === undefined ? 'not given' : installedVersion(binary),
    missing: whyMissing(binary),
    command({ port, supergraph, folder }) {
      const config = {
        supergraph: { source: 'file', path: supergraph },
        http: { host: '127.0.0.1', port },
        traffic_shaping: { all: { dedupe_enabled: deduplicates } },
      };
      writeFileSync(join(folder, 'router.config.json'), JSON.stringify(config));
      return { program: binary ?? 'hive_router', args: [] };
    },
  };
}

function whyMissing(binary: string | undefined): string | null {
  if (binary === undefined) return 'give its binary with --hive-router or HIVE_ROUTER';
  return existsSync(binary) ? null : `there is no ${binary}`;
}

/** `cargo install --root` writes beside `bin/` what it installed; the binary itself does not tell. */
function installedVersion(binary: string): string {
  const file = join(dirname(binary), '../.crates.toml');
  if (!existsSync(file)) return 'unknown version';
  return /"hive-router (\S+) /.exec(readFileSync(file, 'utf8'))?.[1] ?? 'unknown version';
}
