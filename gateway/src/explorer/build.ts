import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ASSETS } from './assets.ts';

/** Bundles the explorer page and the editor's workers, so that the page needs nothing but the gateway. */
const require = createRequire(import.meta.url);
const workers = {
  'editor.worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
  'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
  'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
};
const shared = {
  bundle: true,
  minify: true,
  outdir: ASSETS,
  target: 'es2022',
  legalComments: 'linked',
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': '"production"' },
} as const;

await rm(ASSETS, { recursive: true, force: true });
await Promise.all([
  build({
    ...shared,
    entryPoints: { explorer: join(import.meta.dirname, 'page/main.tsx') },
    format: 'esm',
    jsx: 'automatic',
    loader: { '.ttf': 'file' },
    assetNames: '[name]-[hash]',
  }),
  build({
    ...shared,
    entryPoints: Object.fromEntries(Object.entries(workers).map(([name, path]) => [name, require.resolve(path)])),
    format: 'iife',
  }),
]);
