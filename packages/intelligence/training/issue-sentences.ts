import { readFileSync } from 'node:fs';
import type { IntelligenceType } from '@colloquy/domain';

/** What a labelled sentence stands for: a type, or nothing that counts. */
export type Label = IntelligenceType | 'NONE';

export interface LabelledSentence {
  document: string;
  text: string;
  label: Label;
}

/** The corpus's codes as our types; all others are NONE. */
const TYPE_OF_CODE: Readonly<Record<string, IntelligenceType>> = {
  'Solution Discussion': 'SOLUTION_APPROACH',
  Workarounds: 'SOLUTION_APPROACH',
  'Potential New Issues and Requests': 'FEATURE_REQUEST',
  'Expected Behaviour': 'FEATURE_REQUEST',
  'Observed Bug Behaviour': 'PROBLEM_STATEMENT',
  'Bug Reproduction': 'PROBLEM_STATEMENT',
  'Action on Issue': 'TECHNICAL_DECISION',
  'Investigation and Exploration': 'LEARNING_MOMENT',
};

/** Rows of a CSV text with quoted fields, as RFC 4180 has them. */
function* csvRows(text: string): Generator<string[]> {
  let row: string[] = [];
  for (const [, quoted, plain, separator] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (separator === ',') continue;
    if (row.length > 1) yield row;
    row = [];
  }
}

/** The sentences of `dataInfoTypes.csv` (tamanna037/InformationTypesDetectionNLP, MIT), in file order. */
export function issueSentences(path: string): LabelledSentence[] {
  const [, ...rows] = csvRows(readFileSync(path, 'utf8'));
  return rows.map(([document = '', text = '', code = '']) => ({
    document,
    text: text.replace(/\bCODE\b/g, ' `CODE` ').trim(),
    label: TYPE_OF_CODE[code] ?? 'NONE',
  }));
}
