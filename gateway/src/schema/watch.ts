import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Log } from '@colloquy/service';
import type { Telemetry } from '../observability/telemetry.ts';
import { buildGeneration, type Generation } from './generation.ts';
import type { SchemaRegistry } from './registry.ts';

const POLL_MILLISECONDS = 500;

/**
 * Watches the supergraph file. A new supergraph takes over when it can be served and its operations are planned; one that
 * cannot changes nothing and is reported. Returns what ends the watch. The file is polled, since it may be a mount that
 * reports no events.
 */
export function watchSupergraph(
  file: string,
  registry: SchemaRegistry,
  options: {
    /** Makes a new generation ready for the operations of the current one; resolves to how many there are. */
    warm(next: Generation, current: Generation): Promise<number>;
    telemetry: Telemetry;
    log: Log;
  },
): () => void {
  const { warm, telemetry, log } = options;
  let reloading = Promise.resolve();
  let ended = false;

  async function reload(): Promise<void> {
    const sdl = await readFile(file, 'utf8');
    if (ended || sdl === registry.current.supergraphSdl) return;
    const generation = buildGeneration(sdl);
    const warmed = await warm(generation, registry.current);
    if (ended) return;
    registry.activate(generation);
    log.info({ schema: generation.id, operations: warmed }, 'a new supergraph took over');
  }

  // One after the other, so that the last version of the file is the one that stays.
  const onChange = () => {
    reloading = reloading.then(reload).catch((error: unknown) => {
      telemetry.schemaRefused();
      log.error({ err: error, file }, 'the supergraph file is not usable');
    });
  };
  watchFile(file, { interval: POLL_MILLISECONDS, persistent: false }, onChange);
  return () => {
    ended = true;
    unwatchFile(file, onChange);
  };
}
