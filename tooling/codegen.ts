import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as resolvers from '@graphql-codegen/typescript-resolvers';
import { readSdl } from './subgraph-sdl.ts';

/**
 * Writes src/generated/resolvers.ts of the subgraph in the working directory: the types that its resolvers must have.
 * Reads src/schema/**\/*.graphql, and codegen.json with what is the subgraph's own: `contextType`, `mappers`, `scalars`.
 */
const folder = process.cwd();
const settingsFile = join(folder, 'codegen.json');
const target = join(folder, 'src/generated/resolvers.ts');

/** How the scalars that subgraphs share look to resolvers. */
const SCALARS = {
  DateTime: { input: 'Date', output: 'Date' },
  JSON: 'unknown',
  SafeInt: 'number',
  _FieldSet: 'string',
};

const own = existsSync(settingsFile) ? JSON.parse(readFileSync(settingsFile, 'utf8')) : {};
const output = await codegen({
  filename: target,
  schema: readSdl(folder, 'src/schema/**/*.graphql'),
  documents: [],
  plugins: [{ typescript: {} }, { resolvers: {} }],
  pluginMap: { typescript, resolvers },
  config: {
    federation: true,
    useTypeImports: true,
    importExtension: '.ts',
    enumsAsTypes: true,
    strictScalars: true,
    useIndexSignature: false,
    immutableTypes: true,
    resolversNonOptionalTypename: { unionMember: true, interfaceImplementingType: true },
    ...own,
    scalars: { ...SCALARS, ...own.scalars },
  },
});
mkdirSync(join(folder, 'src/generated'), { recursive: true });
writeFileSync(target, output);
console.log(`${basename(folder)}: wrote src/generated/resolvers.ts`);
