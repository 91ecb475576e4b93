import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { concatAST, type DocumentNode, parse } from 'graphql';

/** The schema of this subgraph: every .graphql file beside its resolvers. */
export function readTypeDefs(): DocumentNode {
  const files = globSync('**/*.graphql', { cwd: import.meta.dirname }).sort();
  return concatAST(files.map((file) => parse(readFileSync(join(import.meta.dirname, file), 'utf8'))));
}
