import type { Log } from '@colloquy/service';
import type { PersistedConfig } from '../config/persisted.ts';
import type { Telemetry } from '../observability/telemetry.ts';
import type { Operation } from '../operation/operation.ts';
import type { RedisStores } from '../storage/stores.ts';
import { createAutomaticPersistedQueries } from './automatic.ts';
import { type FindText, takeSentText } from './find-text.ts';
import { createSafelist } from './safelist.ts';
import { watchManifest } from './watch-manifest.ts';

export interface PersistedOperations {
  readonly findText: FindText;
  /** What goes after validation. */
  readonly keepText: readonly ((operation: Operation) => void)[];
  close(): void;
}

/** Sets up what the configuration asks for. Rejects when the manifest of trusted operations is not usable. */
export async function createPersistedOperations(
  config: PersistedConfig,
  options: { redis: RedisStores; log: Log; telemetry: Pick<Telemetry, 'lookup'> },
): Promise<PersistedOperations> {
  const { redis, log, telemetry } = options;
  switch (config.mode) {
    case 'off':
      return { findText: takeSentText, keepText: [], close: nothing };
    case 'apq': {
      const shared = config.store === 'redis' ? redis.store('persisted') : undefined;
      const { findText, keepText } = createAutomaticPersistedQueries(config, { shared, telemetry });
      return { findText, keepText: [keepText], close: nothing };
    }
    case 'safelist': {
      if (config.manifest === undefined) throw new Error('A safelist needs a manifest.');
      const manifest = await watchManifest(config.manifest, log);
      return { findText: createSafelist(config, { manifest, log, telemetry }), keepText: [], close: manifest.close };
    }
  }
}

const nothing = () => {};
