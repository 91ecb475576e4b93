import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { composeServices } from '@apollo/composition';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { readSdl } from '../tooling/subgraph-sdl.ts';
import { readConfiguration } from './configuration.ts';

/*
 * node schema/compose.ts           composes the subgraphs and writes supergraph.graphql and api.graphql
 * node schema/compose.ts --check   exits with 1 when the committed files are not what that would write
 */
const HEADER = '# Written by `npm run compose` from the subgraphs; do not edit.\n\n';

/** File names and what they must hold. Throws an Error that lists why the subgraphs do not compose. */
function composeAll(): Map<string, string> {
  const services = readConfiguration(join(import.meta.dirname, 'supergraph.yaml')).map((entry) => ({
    name: entry.name,
    url: entry.routingUrl,
    typeDefs: readSdl(entry.schemaFolder, '**/*.graphql'),
  }));
  const result = composeServices(services);
  if (result.errors) {
    throw new Error(`The subgraphs do not compose:\n${result.errors.map(({ message }) => `- ${message}`).join('\n')}`);
  }
  const api = lexicographicSortSchema(result.schema.toAPISchema().toGraphQLJSSchema());
  return new Map([
    ['supergraph.graphql', `${HEADER}${result.supergraphSdl.trim()}\n`],
    ['api.graphql', `${HEADER}${printSchema(api).trim()}\n`],
  ]);
}

/** The first line in which two texts differ, for a person to start from. */
function firstDifference(committed: string, composed: string): string {
  const before = committed.split('\n');
  const after = composed.split('\n');
  const line = after.findIndex((text, index) => text !== before[index]);
  const at = line === -1 ? after.length : line;
  return `line ${at + 1}\n  committed: ${before[at] ?? '(end of file)'}\n  composed:  ${after[at] ?? '(end of file)'}`;
}

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
try {
  for (const [name, composed] of composeAll()) {
    const file = join(import.meta.dirname, name);
    if (!values.check) {
      writeFileSync(file, composed);
      continue;
    }
    const committed = readFileSync(file, 'utf8');
    if (committed === composed) continue;
    const place = firstDifference(committed, composed);
    console.error(
      `${relative(process.cwd(), file)} is not what the subgraphs compose to: ${place}\nRun \`npm run compose\`.`,
    );
    process.exitCode = 1;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
