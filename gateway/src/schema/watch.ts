import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Log } from '@colloquy/service';
import type { Telemetry } from '../observability/telemetry.ts';
import { buildGeneration } from './generation.ts';
import type { SchemaRegistry } from './registry.ts';

const POLL_MILLISECONDS = 500;

/**
 * Watches the supergraph file. A new supergraph takes over when it can be served; one that cannot changes nothing and
 * is reported. Returns what ends the watch. The file is polled, since it may be a mount that reports no events.
 */
export function watchSupergraph(file: string, registry: SchemaRegistry, telemetry: Telemetry, log: Log): () => void {
  async function reload(): Promise<void> {
    const sdl = await readFile(file, 'utf8');
    if (sdl === registry.current.supergraphSdl) return;
    const generation = buildGeneration(sdl);
    registry.activate(generation);
    log.info({ schema: generation.id }, 'a new supergraph took over');
  }
  const onChange = () => {
    reload().catch((error: unknown) => {
      telemetry.schemaRefused();
      log.error({ err: error, file }, 'the supergraph file is not usable');
    });
  };
  watchFile(file, { interval: POLL_MILLISECONDS, persistent: false }, onChange);
  return () => unwatchFile(file, onChange);
}
