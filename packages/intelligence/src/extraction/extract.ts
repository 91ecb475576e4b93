import { modelUseIn } from '../classifier/technical-talk.ts';
import type { ConversationContext, EvidenceSpan, ExtractedItem, SourceMessage } from '../model.ts';
import { type Sentence, sentencesOf } from '../text/sentences.ts';
import { reports } from './acceptance.ts';
import { Branches, inReadingOrder } from './branches.ts';
import { withoutDuplicates } from './duplicates.ts';
import { summaryOf, titleOf } from './headline.ts';
import { CONFIDENCE_FLOOR } from './judgement.ts';
import { completenessOf, priorityOf, toScore } from './scores.ts';
import { type Statement, statementsOf } from './statement.ts';
import { tagsOf } from './tags.ts';
import { takenUp } from './taken-up.ts';

/** What was said on a branch that the conversation left counts for less. */
const OFF_PATH = 0.85;
/** A long message is often pasted text that others wrote. */
const PASTED_LENGTH = 6000;
const PASTED = 0.8;
/** Of one message, only the surest statements. */
const MAX_PER_MESSAGE = 8;

/** An evidence span that does not lie in its message: a fault of the extractor, never of the input. */
export class EvidenceMismatchError extends Error {
  readonly code = 'EVIDENCE_MISMATCH';
}

function primarySpan({ message, start, end }: Statement): EvidenceSpan {
  return { messageId: message.id, start, end, quote: message.text.slice(start, end) };
}

function assertEvidence(span: EvidenceSpan, text: string | undefined): void {
  if (text?.slice(span.start, span.end) !== span.quote || span.quote === '')
    throw new EvidenceMismatchError(`evidence ${span.start}..${span.end} is not the quoted text of its message`);
}

function weigh(statement: Statement): number {
  const path = statement.message.onActivePath ? 1 : OFF_PATH;
  const pasted = statement.message.text.length > PASTED_LENGTH ? PASTED : 1;
  return statement.confidence * path * pasted;
}

function toItem(statement: Statement): ExtractedItem {
  const primary = primarySpan(statement);
  const content = primary.quote;
  const title = titleOf(statement.core.raw);
  return {
    type: statement.type,
    title,
    summary: summaryOf(content, title),
    content,
    confidence: toScore(weigh(statement)),
    completeness: completenessOf(statement.type, content, statement.sentences.length),
    priority: priorityOf(statement.type, content),
    tags: tagsOf(content),
    evidence: statement.acceptance ? [primary, statement.acceptance] : [primary],
    occurredAt: statement.message.createdAt,
  };
}

function surest(statements: Statement[]): Statement[] {
  const sure = statements.filter((statement) => toScore(weigh(statement)) >= CONFIDENCE_FLOOR);
  if (sure.length <= MAX_PER_MESSAGE) return sure;
  const chosen = new Set(
    [...sure].sort((a, b) => b.confidence - a.confidence || a.start - b.start).slice(0, MAX_PER_MESSAGE),
  );
  return sure.filter((statement) => chosen.has(statement));
}

/** "I did that and it works" is the acceptance of what the assistant proposed, no solution of its own. */
function isEcho({ type, core, start, end }: Statement, accepted: readonly Statement[]): boolean {
  if (type !== 'SOLUTION_APPROACH' && !(type === 'TECHNICAL_DECISION' && reports(core))) return false;
  return accepted.some(({ acceptance }) => acceptance && acceptance.start < end && start < acceptance.end);
}

/** The statements of a conversation in the order in which they were made. */
function collect(messages: readonly SourceMessage[]): Statement[] {
  const branches = new Branches(messages);
  const read = new Map<SourceMessage, Sentence[]>();
  const sentences = (message: SourceMessage) => {
    const known = read.get(message) ?? sentencesOf(message.text);
    read.set(message, known);
    return known;
  };
  const position = new Map(messages.map((message, at) => [message, at]));
  const modelUse = modelUseIn(messages);
  const found: Statement[] = [];
  const adopted = new Set<string>();
  for (const message of messages) {
    if (message.role !== 'USER' || message.hidden) continue;
    const own = sentences(message);
    const accepted = takenUp(message, own, branches, sentences);
    for (const statement of accepted) {
      const key = `${position.get(statement.message)}:${statement.start}`;
      if (!adopted.has(key)) found.push(statement);
      adopted.add(key);
    }
    found.push(...surest(statementsOf(message, own, modelUse)).filter((statement) => !isEcho(statement, accepted)));
  }
  const at = (statement: Statement) => position.get(statement.message) ?? 0;
  return found
    .filter((statement) => toScore(weigh(statement)) >= CONFIDENCE_FLOOR)
    .sort((a, b) => at(a) - at(b) || a.start - b.start);
}

/**
 * The items that a conversation's people state, each with its evidence, in the order in which they were said (active
 * path first). Only what users say, and what they take up of the assistant's words. The title of the conversation and
 * its platform do not change what counts as an item.
 *
 * @throws EvidenceMismatchError when a span does not quote its message (a fault of the extractor)
 */
export function extractItems(messages: readonly SourceMessage[], _context: ConversationContext): ExtractedItem[] {
  const texts = new Map(messages.map(({ id, text }) => [id, text]));
  const items = withoutDuplicates(collect(inReadingOrder(messages)).map(toItem));
  for (const { evidence } of items) for (const span of evidence) assertEvidence(span, texts.get(span.messageId));
  return items;
}
