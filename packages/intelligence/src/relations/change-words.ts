/** How a text says that it changes what was there before. */
export type Change = 'revision' | 'refinement';

const REVISION =
  /\b(?:instead|no longer|not any ?more|changed (?:my|our) minds?|switch(?:ed|ing)?|replac(?:e|ed|ing)|drop(?:ped|ping)?|migrat(?:e|ed|ing)|mov(?:e|ed|ing) (?:to|from|away|off)|revert(?:ed)?|reconsider(?:ed)?|on second thought|rather than|after all|abandon(?:ed)?|supersed|go back to|turns out|actually)\b/i;
const REFINEMENT =
  /\b(?:also|additionally|furthermore|more (?:specifically|precisely)|in particular|extend(?:ed|ing)?|improv(?:e|ed|ing)|refin(?:e|ed|ing)|v\d|version \d|on top of|as well|plus|further|now|follow[- ]?up|again|still|update[ds]?|next step|second iteration|in addition|even better)\b/i;

/** Whether a text speaks of replacing something, or of adding to it; null when of neither. */
export function changeIn(content: string): Change | null {
  if (REVISION.test(content)) return 'revision';
  return REFINEMENT.test(content) ? 'refinement' : null;
}
