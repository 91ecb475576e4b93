import type { IntelligenceType } from '@colloquy/domain';
import type { ModelUse } from '../classifier/technical-talk.ts';
import type { EvidenceSpan, SourceMessage } from '../model.ts';
import type { Sentence } from '../text/sentences.ts';
import { keyTerms } from '../text/terms.ts';
import { judge } from './judgement.ts';

/** Neighbouring sentences of one message that state one item. */
export interface Statement {
  type: IntelligenceType;
  confidence: number;
  message: SourceMessage;
  start: number;
  end: number;
  /** The sentence with the clearest cue: the source of the title. */
  core: Sentence;
  sentences: Sentence[];
  /** Where the user took it up, when the assistant said it. */
  acceptance: EvidenceSpan | null;
}

const MAX_SENTENCES = 5;
const MAX_CHARACTERS = 1200;
const ELABORATION =
  /^(?:because|since|that way|this way|this means|that means|it means|it (?:happens|only|also|then|just)|they (?:also|then|just)|so (?:that|it|the|we|they)\b|which|the reason|otherwise|for example|e\.g\.|for instance|specifically|in particular|the error|the logs?|and then|this (?:happens|only|would|lets|gives|keeps|is because)|that (?:would|lets|gives|keeps))\b/;

function fits(statement: Statement, sentence: Sentence): boolean {
  return (
    statement.core.block === sentence.block &&
    statement.sentences.length < MAX_SENTENCES &&
    sentence.end - statement.start <= MAX_CHARACTERS
  );
}

/** Announces a further item rather than more of the same. */
const NEW_POINT =
  /^(?:another|second(?:ly)?|third(?:ly)?|next|finally|additionally|furthermore|besides|one more|plus|then again)\b|\balso\b|\bas well\b/;

/** Two complaints, choices or wishes in a row are two items; two sentences of a thought are one. */
const COUNTABLE: ReadonlySet<IntelligenceType> = new Set([
  'PROBLEM_STATEMENT',
  'TECHNICAL_DECISION',
  'FEATURE_REQUEST',
]);
/** Takes up what was said just before. */
const REFERS_BACK =
  /\b(?:it|its|this|that|these|those|they|them|their|he|she|him|her|one|there|then|same|both|which|such|too|otherwise)\b/;

/** Whether a further sentence of the same type is about the same: it refers back, or names something of it again. */
function goesOn({ type, sentences }: Statement, sentence: Sentence): boolean {
  if (NEW_POINT.test(sentence.norm)) return false;
  if (!COUNTABLE.has(type) || REFERS_BACK.test(sentence.norm)) return true;
  const said = new Set(sentences.flatMap(({ norm }) => [...keyTerms(norm).keys()]));
  return [...keyTerms(sentence.norm).keys()].some((term) => said.has(term));
}

function extend(statement: Statement, sentence: Sentence): void {
  statement.sentences.push(sentence);
  statement.end = sentence.end;
}

/** A cry of discovery: what follows is what was found. */
const DISCOVERY =
  /^(?:bingo|aha|a+h+|o+h+(?: no| wow| man)?|wow|huh|eureka|gotcha|got it|found it|mystery solved|interesting|i see|oh i see|damn|whoa|guess what|funny thing)[.!:…]*$/;

/** A sentence as it reads after the one before it: what follows a cry of discovery is read together with it. */
function inContext(sentence: Sentence, before: Sentence | undefined): Sentence {
  if (!before || before.block !== sentence.block || !DISCOVERY.test(before.norm)) return sentence;
  return { ...sentence, norm: `aha, ${sentence.norm}` };
}

/** Joins the sentences of a message that state the same thing, with what explains them, into statements. */
export function statementsOf(
  message: SourceMessage,
  sentences: readonly Sentence[],
  use: ModelUse = 'never',
): Statement[] {
  const statements: Statement[] = [];
  let open: Statement | null = null;
  for (const [at, sentence] of sentences.entries()) {
    const judgement = judge(inContext(sentence, sentences[at - 1]), use);
    if (!judgement) {
      if (open && fits(open, sentence) && ELABORATION.test(sentence.norm) && !sentence.norm.endsWith('?')) {
        extend(open, sentence);
      } else open = null;
      continue;
    }
    if (open && open.type === judgement.type && fits(open, sentence) && goesOn(open, sentence)) {
      extend(open, sentence);
      if (judgement.confidence > open.confidence) open.core = sentence;
      open.confidence = Math.max(open.confidence, judgement.confidence);
      continue;
    }
    open = {
      ...judgement,
      message,
      start: sentence.start,
      end: sentence.end,
      core: sentence,
      sentences: [sentence],
      acceptance: null,
    };
    statements.push(open);
  }
  return statements;
}

/** A statement of one sentence, for a type that its context gives it. */
export function statementOf(
  message: SourceMessage,
  sentence: Sentence,
  type: IntelligenceType,
  confidence: number,
): Statement {
  const { start, end } = sentence;
  return { type, confidence, message, start, end, core: sentence, sentences: [sentence], acceptance: null };
}
