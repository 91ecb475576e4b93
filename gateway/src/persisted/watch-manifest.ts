import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Log } from '@colloquy/service';
import { ConfigError } from '../config/config.ts';
import { ManifestError, parseManifest, type TrustedOperations } from './manifest.ts';

const POLL_MILLISECONDS = 500;

export interface WatchedManifest {
  readonly current: TrustedOperations;
  close(): void;
}

/**
 * Reads the manifest and follows its changes; one that is not usable changes nothing and is reported. Throws
 * ConfigError when it is not usable at the start. The file is polled, since it may be a mount that reports no events.
 */
export async function watchManifest(file: string, log: Log): Promise<WatchedManifest> {
  let json = await readFirst(file);
  let current = parseFirst(file, json);

  async function reload(): Promise<void> {
    const next = await readFile(file, 'utf8');
    if (next === json) return;
    current = parseManifest(next);
    json = next;
    log.info({ operations: current.size }, 'a new manifest of trusted operations took over');
  }
  const onChange = () => {
    reload().catch((error: unknown) => log.error({ err: error, file }, 'the manifest is not usable'));
  };
  watchFile(file, { interval: POLL_MILLISECONDS, persistent: false }, onChange);
  return {
    get current() {
      return current;
    },
    close: () => unwatchFile(file, onChange),
  };
}

async function readFirst(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`${file} cannot be read.`, { cause: error });
  }
}

function parseFirst(file: string, json: string): TrustedOperations {
  try {
    return parseManifest(json);
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    throw new ConfigError(`${file}: ${error.message}`, { cause: error });
  }
}
