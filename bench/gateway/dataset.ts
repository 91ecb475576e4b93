import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CatalogueData, createCatalogue } from './subgraphs/catalogue.ts';
import { referenceAnswer } from './subgraphs/reference.ts';

export const QUERY_NAMES = ['deep', 'small'] as const;
export type QueryName = (typeof QUERY_NAMES)[number];

export interface Query {
  name: QueryName;
  text: string;
  /** The whole answer as JSON text. */
  expected: string;
}

export interface Dataset {
  /** Path of the file that the subgraphs answer from. */
  dataFile: string;
  queries: Query[];
}

export const SAMPLES = join(import.meta.dirname, 'samples');

/**
 * Reads the samples, or another folder with the file names of graphql-gateways-benchmark (`gateway-data.json`,
 * `gateway-query.graphql`, `gateway-query-small.json`). A `gateway-expected.json` there must be what we compute.
 */
export async function readDataset(folder: string): Promise<Dataset> {
  const file = (name: string): string => join(folder, name);
  const own = folder === SAMPLES;
  const dataFile = file(own ? 'data.json' : 'gateway-data.json');
  const texts = {
    deep: readFileSync(file(own ? 'deep.graphql' : 'gateway-query.graphql'), 'utf8'),
    small: own
      ? readFileSync(file('small.graphql'), 'utf8')
      : (JSON.parse(readFileSync(file('gateway-query-small.json'), 'utf8')) as { query: string }).query,
  };
  const catalogue = createCatalogue(JSON.parse(readFileSync(dataFile, 'utf8')) as CatalogueData);
  const queries = await Promise.all(
    QUERY_NAMES.map(async (name) => ({
      name,
      text: texts[name],
      expected: await referenceAnswer(catalogue, texts[name]),
    })),
  );
  const given = file('gateway-expected.json');
  if (existsSync(given) && JSON.stringify(JSON.parse(readFileSync(given, 'utf8'))) !== queries[0]?.expected)
    throw new Error(`${given} is not the answer that follows from the data.`);
  return { dataFile, queries };
}
