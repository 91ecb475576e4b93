/**
 * Builds the sample archives from `source/`: plain conversations, written by hand, become exports as ChatGPT, Claude and
 * AI Studio write them. The output is the same on every run; it is committed.
 *
 *   node samples/build.ts
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSamples } from './build/archives.ts';

for (const { name, content } of buildSamples(import.meta.dirname)) {
  writeFileSync(join(import.meta.dirname, name), content);
}
