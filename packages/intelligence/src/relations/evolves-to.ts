import type { IntelligenceType } from '@colloquy/domain';
import { toScore } from '../extraction/scores.ts';
import { closeness, named, type Pair, type Proposal, sharedWords } from './pair.ts';

type Evolution = 'maturation' | 'decision' | 'resolution' | 'insight' | 'revision' | 'refinement';

/** What an earlier type can grow into, and what that step is called. */
const PROGRESS: Partial<Record<IntelligenceType, Partial<Record<IntelligenceType, Evolution>>>> = {
  INCOMPLETE_IDEA: { FEATURE_REQUEST: 'maturation', SOLUTION_APPROACH: 'maturation', TECHNICAL_DECISION: 'decision' },
  FEATURE_REQUEST: { SOLUTION_APPROACH: 'maturation', TECHNICAL_DECISION: 'decision' },
  SOLUTION_APPROACH: { TECHNICAL_DECISION: 'decision', LEARNING_MOMENT: 'insight' },
  PROBLEM_STATEMENT: { SOLUTION_APPROACH: 'resolution', TECHNICAL_DECISION: 'resolution', LEARNING_MOMENT: 'insight' },
};

const WORDS: Record<Evolution, string> = {
  maturation: 'takes the thought further',
  decision: 'turns it into a decision',
  resolution: 'resolves it',
  insight: 'is what was learned from it',
  revision: 'revises it',
  refinement: 'refines it',
};

interface Threshold {
  cosine: number;
  shared: number;
}

/** One of these must hold: the vectors nearly agree, or many words do. */
const STEP: readonly Threshold[] = [
  { cosine: 0.5, shared: 2 },
  { cosine: 0.4, shared: 3 },
];
/** Between turns that follow each other closely, a step needs less. */
const NEARBY_STEP: readonly Threshold[] = [{ cosine: 0.4, shared: 1 }];
const NEARBY = 4e6;
/** The same type again is only a step when the words say so, and the topic is clearly the same. */
const SAME_TYPE: readonly Threshold[] = [
  { cosine: 0.58, shared: 2 },
  { cosine: 0.5, shared: 3 },
];

function evolutionOf({ earlier, later, sameConversation }: Pair): Evolution | null {
  const step = PROGRESS[earlier.item.type]?.[later.item.type];
  if (step === 'resolution' && sameConversation) return null;
  if (step) return step;
  if (earlier.item.type !== later.item.type) return null;
  return later.change;
}

function passes(pair: Pair, thresholds: readonly Threshold[]): boolean {
  return thresholds.some(({ cosine, shared }) => pair.cosine >= cosine && pair.sharedCount >= shared);
}

function isNearby({ earlier, later, sameConversation }: Pair): boolean {
  return sameConversation && later.item.order - earlier.item.order <= NEARBY;
}

function whenWords({ earlier, later, sameConversation, gapHours }: Pair): string {
  if (sameConversation) return 'later in the same conversation';
  const where =
    earlier.item.platform === later.item.platform ? '' : ` (from ${earlier.item.platform} to ${later.item.platform})`;
  if (gapHours === null) return `in a later conversation${where}`;
  const after = gapHours < 48 ? `${Math.max(1, Math.round(gapHours))} h` : `${Math.round(gapHours / 24)} days`;
  return `${after} later in another conversation${where}`;
}

/** A EVOLVES_TO B: B came after A and says what became of it. */
export function evolvesTo(pair: Pair): Proposal | null {
  if (!pair.ordered) return null;
  const evolution = evolutionOf(pair);
  if (!evolution) return null;
  const sameType = pair.earlier.item.type === pair.later.item.type;
  const close = closeness(pair);
  const holds = sameType
    ? passes(pair, SAME_TYPE)
    : passes(pair, STEP) || (isNearby(pair) && passes(pair, NEARBY_STEP));
  if (!holds) return null;
  return {
    type: 'EVOLVES_TO',
    source: pair.earlier,
    target: pair.later,
    strength: toScore(0.15 + 0.85 * close),
    confidence: toScore((sameType ? 0.25 : 0.35) + 0.55 * close),
    explain: () => {
      const shared = sharedWords(pair);
      return {
        reason: `on ${named(shared)}: "${pair.later.item.title}" ${WORDS[evolution]}, ${whenWords(pair)}`,
        metadata: {
          evolution_type: evolution,
          time_gap_hours: pair.gapHours,
          similarity: toScore(pair.cosine),
          cross_platform: pair.earlier.item.platform !== pair.later.item.platform,
          shared: shared.slice(0, 8),
        },
      };
    },
  };
}
