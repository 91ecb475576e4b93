/**
 * Leave-one-document-out quality on the labelled issue sentences, per type, of the cues alone, the linear model alone and
 * both as shipped, for chats with an assistant and for threads of people: `node training/evaluate.ts ../../../shared/fixtures/labelled/issue-info-types/dataInfoTypes.csv`.
 */
import type { IntelligenceType } from '@colloquy/domain';
import type { Guess } from '../src/classifier/classifier.ts';
import type { ModelUse } from '../src/classifier/technical-talk.ts';
import { cueScores } from '../src/cues/score.ts';
import { isEligible, judgeByCues, judgeEligible } from '../src/extraction/judgement.ts';
import { asSentence, exampleOf, LABELS, SETTINGS } from './examples.ts';
import { issueSentences, type Label } from './issue-sentences.ts';
import { probabilities, train } from './logistic.ts';

const TYPES = LABELS.filter((label): label is IntelligenceType => label !== 'NONE');

interface Row {
  gold: Label;
  cues: Label;
  model: Label;
  chat: Label;
  thread: Label;
}

function predictions(path: string): Row[] {
  const sentences = issueSentences(path);
  const examples = sentences.map(exampleOf);
  const rows: Row[] = [];
  for (const held of new Set(sentences.map(({ document }) => document))) {
    const weights = train(
      examples.filter((_, at) => sentences[at]?.document !== held),
      SETTINGS,
    );
    for (const [at, labelled] of sentences.entries()) {
      const example = examples[at];
      if (labelled.document !== held || !example) continue;
      const chances = probabilities(weights, example.features);
      const probability = Math.max(...chances);
      const best = LABELS[chances.indexOf(probability)] ?? 'NONE';
      const guess: Guess | null = best === 'NONE' ? null : { type: best, probability };
      const sentence = asSentence(labelled);
      const cues = judgeByCues(sentence, cueScores(sentence));
      const shipped = (use: ModelUse) =>
        (isEligible(sentence) ? judgeEligible(sentence, use, () => guess)?.type : undefined) ?? 'NONE';
      rows.push({
        gold: labelled.label,
        cues: cues?.type ?? 'NONE',
        model: best,
        chat: shipped('sparingly'),
        thread: shipped('freely'),
      });
    }
  }
  return rows;
}

function quality(rows: readonly Row[], by: Exclude<keyof Row, 'gold'>, type: Label): [number, number, number] {
  const right = rows.filter((row) => row[by] === type && row.gold === type).length;
  const precision = right / Math.max(1, rows.filter((row) => row[by] === type).length);
  const recall = right / Math.max(1, rows.filter((row) => row.gold === type).length);
  return [precision, recall, right === 0 ? 0 : (2 * precision * recall) / (precision + recall)];
}

const [path] = process.argv.slice(2);
if (!path) throw new Error('usage: node training/evaluate.ts dataInfoTypes.csv');
const rows = predictions(path);
for (const by of ['cues', 'model', 'chat', 'thread'] as const) {
  const lines = TYPES.map((type) => {
    const [precision, recall, f1] = quality(rows, by, type);
    const n = rows.filter((row) => row.gold === type).length;
    return { f1, line: `  ${type} n=${n} P ${precision.toFixed(3)} R ${recall.toFixed(3)} F1 ${f1.toFixed(3)}` };
  });
  const macro = lines.reduce((sum, { f1 }) => sum + f1, 0) / lines.length;
  process.stdout.write(
    `${by}: macro-F1 ${macro.toFixed(3)} (n=${rows.length})\n${lines.map(({ line }) => line).join('\n')}\n`,
  );
}
