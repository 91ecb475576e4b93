/**
 * Trains the linear model on all labelled sentences and writes src/classifier/weights.ts:
 * `node training/train.ts ../../../shared/fixtures/labelled/issue-info-types/dataInfoTypes.csv`.
 * Only derived numbers are written; the same data gives the same file.
 */
import { writeFileSync } from 'node:fs';
import { exampleOf, LABELS, SETTINGS } from './examples.ts';
import { issueSentences } from './issue-sentences.ts';
import { train } from './logistic.ts';

const [path] = process.argv.slice(2);
if (!path) throw new Error('usage: node training/train.ts dataInfoTypes.csv');

const weights = train(issueSentences(path).map(exampleOf), SETTINGS);
const scales = weights.map((row) => row.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0) / 127);
const bytes = weights.flatMap((row, cls) => Array.from(row, (value) => Math.round(value / (scales[cls] ?? 1))));
const source = `import type { IntelligenceType } from '@colloquy/domain';

/** Written by training/train.ts; see the README for the data and the measured quality. */
export const CLASSES: readonly (IntelligenceType | 'NONE')[] = [
${LABELS.map((label) => `  '${label}',`).join('\n')}
];
/** What one step of a weight's byte is worth, by class. */
export const CLASS_SCALES: readonly number[] = [
${scales.map((scale) => `  ${Number(scale.toPrecision(6))},`).join('\n')}
];
/** Signed bytes in base64: for each class the hashed features, then the dense ones. */
export const WEIGHTS =
  '${Buffer.from(Int8Array.from(bytes).buffer).toString('base64')}';
`;
writeFileSync(new URL('../src/classifier/weights.ts', import.meta.url), source);
