import type { IntelligenceType } from '@colloquy/domain';

/** Two decimals within 0..1. */
export function toScore(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 100) / 100;
}

interface Sign {
  pattern: RegExp;
  weight: number;
}

const STATED: readonly Sign[] = [
  {
    pattern:
      /\b(?:because|since|so that|due to|the reason|in order to|as it|that way|otherwise|which means|for its)\b/i,
    weight: 0.2,
  },
  {
    pattern:
      /\b(?:instead of|rather than|over|versus|vs\.?|compared (?:to|with)|alternatively|trade-?off|but not|as opposed to)\b/i,
    weight: 0.1,
  },
  {
    pattern:
      /\b(?:next|then|first|after that|by (?:monday|tuesday|wednesday|thursday|friday|tomorrow|next week|the end)|steps?|finally|start (?:with|by)|we'll|i'll|plan)\b/i,
    weight: 0.1,
  },
  {
    pattern:
      /`[^`]+`|\b\d+(?:\.\d+)?(?:\s?(?:%|ms|s|mb|gb|kb|hours?|minutes?|seconds?|days?|users?|rows?|k|euros?|dollars?))?\b/i,
    weight: 0.1,
  },
  {
    pattern: /\b(?:when|whenever|only (?:if|on|when)|every time|for (?:example|instance)|e\.g\.|such as)\b/i,
    weight: 0.08,
  },
];
const OPEN: readonly Sign[] = [
  { pattern: /\?/, weight: 0.15 },
  {
    pattern: /\b(?:not sure|unsure|tbd|unclear|don't know|no idea|figure out|haven't decided|open question)\b/i,
    weight: 0.15,
  },
  { pattern: /\b(?:maybe|perhaps|possibly|might|somehow|something like|some kind of|i guess)\b/i, weight: 0.1 },
  { pattern: /(?:\.\.\.|…|\{disfmarker\})\s*$/, weight: 0.1 },
];

function total(signs: readonly Sign[], text: string): number {
  let sum = 0;
  for (const { pattern, weight } of signs) if (pattern.test(text)) sum += weight;
  return sum;
}

/** How much of the thought is stated: reasons, alternatives, next steps and particulars raise it, open ends lower it. */
export function completenessOf(type: IntelligenceType, content: string, sentenceCount: number): number {
  const base = type === 'INCOMPLETE_IDEA' ? 0.25 : 0.4;
  const words = content.split(/\s+/).length;
  const length = (words >= 12 ? 0.05 : 0) + (words >= 25 ? 0.05 : 0) + Math.min(0.15, 0.05 * (sentenceCount - 1));
  return toScore(base + length + total(STATED, content) - total(OPEN, content));
}

const PRESSING: readonly Sign[] = [
  {
    pattern:
      /\b(?:urgent(?:ly)?|asap|immediately|right away|critical(?:ly)?|emergency|top priority|high priority|p0|sev-?[01])\b/i,
    weight: 0.3,
  },
  {
    pattern:
      /\b(?:block(?:er|ing|ed|s)|show-?stopper|can't (?:release|ship|deploy|launch|continue)|before (?:launch|release|we ship|friday|monday))\b/i,
    weight: 0.2,
  },
  {
    pattern:
      /\b(?:production|prod|outage|down(?:time)?|data loss|los(?:es?|ing) (?:data|messages|events|customers|money)|security|vulnerabilit|breach|leak(?:s|ed)? (?:data|secrets|tokens|credentials))\b/i,
    weight: 0.2,
  },
  {
    pattern:
      /\b(?:deadline|today|tonight|tomorrow|this week|must|essential|crucial|vital|major|serious|severe|important)\b/i,
    weight: 0.1,
  },
  {
    pattern: /\b(?:all|every|most|many) (?:\w+ )?(?:users?|customers?|clients?|teams?|people|requests?)\b/i,
    weight: 0.1,
  },
];
const IDLE: readonly Sign[] = [
  {
    pattern:
      /\b(?:nice to have|low priority|no rush|not urgent|eventually|some ?day|at some point|down the road|when (?:we|i) (?:have|find) (?:the )?time|later on)\b/i,
    weight: 0.2,
  },
  { pattern: /\b(?:minor|cosmetic|small thing|nitpick|edge case|would be (?:nice|cool|fun))\b/i, weight: 0.1 },
];
const BASE: Record<IntelligenceType, number> = {
  PROBLEM_STATEMENT: 0.5,
  TECHNICAL_DECISION: 0.45,
  FEATURE_REQUEST: 0.4,
  SOLUTION_APPROACH: 0.4,
  LEARNING_MOMENT: 0.3,
  INCOMPLETE_IDEA: 0.3,
};

/** Urgency and impact as the speaker words them, on top of what the type usually carries. */
export function priorityOf(type: IntelligenceType, content: string): number {
  return toScore(BASE[type] + total(PRESSING, content) - total(IDLE, content));
}
