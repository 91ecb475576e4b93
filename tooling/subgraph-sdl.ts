import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { concatAST, type DocumentNode, parse, Source } from 'graphql';

/** The schema files below a folder that fit a glob, in the order of their paths, as one document. */
export function readSdl(folder: string, pattern: string): DocumentNode {
  const files = globSync(pattern, { cwd: folder, exclude: (path) => String(path).includes('node_modules') }).sort();
  if (files.length === 0) throw new Error(`No schema files fit ${pattern} in ${folder}.`);
  return concatAST(files.map((file) => parse(new Source(readFileSync(join(folder, file), 'utf8'), file))));
}
