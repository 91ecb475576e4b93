import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ConfigError } from './config.ts';

/** Settings of a JSON file; the paths in it count from the file's folder. Throws ConfigError. */
export async function readConfigFile(file: string): Promise<Record<string, unknown>> {
  const settings = parse(file, await text(file));
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) {
    throw new ConfigError(`${file}: expected a JSON object.`);
  }
  const { supergraph, persisted } = settings as Record<string, unknown>;
  const place = (path: unknown) => (typeof path === 'string' ? resolve(dirname(file), path) : undefined);
  return mergeSettings(settings as Record<string, unknown>, {
    supergraph: place(supergraph),
    persisted: isObject(persisted) ? { manifest: place(persisted.manifest) } : undefined,
  });
}

async function text(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`${file} cannot be read.`, { cause: error });
  }
}

function parse(file: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new ConfigError(`${file} is not JSON.`, { cause: error });
  }
}

/** Later settings win; objects are merged, all else is replaced; `undefined` changes nothing. */
export function mergeSettings(...layers: readonly Record<string, unknown>[]): Record<string, unknown> {
  const merged: Record<string, unknown> = {};
  for (const layer of layers) {
    for (const [name, value] of Object.entries(layer)) {
      if (value === undefined) continue;
      const before = merged[name];
      merged[name] = isObject(before) && isObject(value) ? mergeSettings(before, value) : value;
    }
  }
  return merged;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
