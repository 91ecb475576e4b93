import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** A subgraph as supergraph.yaml lists it. */
export interface SubgraphEntry {
  name: string;
  routingUrl: string;
  /** Folder below which the .graphql files of its schema lie. */
  schemaFolder: string;
}

const LINE = /^(?<indent> *)(?<key>[\w-]+):(?: (?<value>\S+))?$/;

/**
 * Reads supergraph.yaml: one level of names, one of settings, plain values, comments on lines of their own.
 * Throws an Error that names the line which is anything else.
 */
export function readConfiguration(file: string): SubgraphEntry[] {
  const settings = new Map<string, Map<string, string>>();
  let current = new Map<string, string>();
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const { indent = '', key = '', value } = LINE.exec(line)?.groups ?? {};
    if (indent === '' && key === 'subgraphs' && value === undefined) continue;
    if (indent.length === 2 && value === undefined) {
      current = new Map();
      settings.set(key, current);
    } else if (indent.length === 4 && value !== undefined) current.set(key, value);
    else
      throw new Error(`${file}:${index + 1}: expected "name:" or "    setting: value", got ${JSON.stringify(line)}.`);
  }
  return [...settings].map(([name, own]) => {
    const setting = (key: string) => {
      const value = own.get(key);
      if (value === undefined) throw new Error(`${file}: subgraph ${name} has no "${key}".`);
      return value;
    };
    return { name, routingUrl: setting('routing_url'), schemaFolder: resolve(dirname(file), setting('schema')) };
  });
}
