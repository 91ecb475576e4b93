import { localSettings, type Settings } from './settings.ts';
import { readPorts } from './stack-file.ts';

/**
 * Addresses and credentials of the stores that a platform runs in this home, for tools that look into them beside it.
 * Starts and changes nothing.
 */
export async function runningStoreSettings(home: string): Promise<Settings> {
  const ports = readPorts(home);
  const stores = ['postgres', 'redis', 'neo4j', 'weaviate'] as const;
  const settings = await Promise.all(stores.map((store) => localSettings(store, home, ports)));
  return Object.assign({}, ...settings) as Settings;
}
