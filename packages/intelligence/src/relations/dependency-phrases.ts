import { normaliseForCues } from '../text/normalise.ts';
import { keyTerms } from '../text/terms.ts';

/** What an item says it needs first. */
export interface Dependency {
  /** prerequisite: B must exist or be done; blocker: B must be overcome. */
  kind: 'prerequisite' | 'blocker';
  /** The words that express it, for the reason. */
  words: string;
  /** Topic stems of what is needed. Empty: a pronoun, for what was said just before. */
  object: ReadonlySet<string>;
}

interface Phrase {
  kind: Dependency['kind'];
  words: string;
  /** Group 1 is what is needed. */
  pattern: RegExp;
}

const OBJECT = '([^.;:!?]{3,90}?)(?=,|\\.|;|:|!|\\?|$| because | before | so that | and then | but )';
const DONE =
  '(?:is|are|has been|have been|gets?|was|were|works?|lands?|ships?|exists?)(?: (?:\\w+ly )?(?:done|ready|finished|in place|merged|fixed|solved|resolved|live|deployed|available|complete|completed|stable|working|there|decided|up|released|gone))?';

const PHRASES: readonly Phrase[] = [
  {
    kind: 'prerequisite',
    words: 'depends on',
    pattern: new RegExp(
      `\\b(?:depends?|depending|dependent|relies|rely|relying|hinges) (?:heavily |entirely |directly |first )?(?:on|upon) ${OBJECT}`,
    ),
  },
  {
    kind: 'blocker',
    words: 'is blocked by',
    pattern: new RegExp(`\\b(?:blocked|held up|stalled|gated|delayed) (?:by|on|until) ${OBJECT}`),
  },
  {
    kind: 'blocker',
    words: 'is stuck until',
    pattern: new RegExp(
      `\\b(?:can't|cannot|won't|not able to|unable to|can not|wait|hold off|not)\\b[^.;!?]{0,80}?\\b(?:until|unless|before) (?:we (?:have |get |fix |solve |finish )?)?${OBJECT}`,
    ),
  },
  {
    kind: 'prerequisite',
    words: 'comes once this is done:',
    pattern: new RegExp(
      `\\b(?:once|as soon as|after) (?:we(?:'ve| have)? |i(?:'ve| have)? )?([^.;:!?,]{3,80}?) ${DONE}`,
    ),
  },
  {
    kind: 'prerequisite',
    words: 'comes once this is done:',
    pattern:
      /\b(?:once|as soon as|after) (?:we|i)(?:'ve| have)? (?:finish|finished|merge|merged|ship|shipped|fix|fixed|have|moved?|migrated?|switch(?:ed)?|deploy(?:ed)?|set up|implemented?|added?|built) ([^.;:!?,]{3,80})/,
  },
  {
    kind: 'prerequisite',
    words: 'requires',
    pattern: new RegExp(`\\b(?:requires?|requiring|presupposes) (?:that )?(?:us to |you to )?${OBJECT}`),
  },
  {
    kind: 'prerequisite',
    words: 'needs first',
    pattern:
      /\b(?:we|i|you|it) (?:first )?(?:need|have|needs|has) (?:to (?:have |get |finish |fix |solve |set up |build |do |decide on )?)?([^.;:!?]{3,80}?) (?:first|before (?:we|i|that|this|it))\b/,
  },
  {
    kind: 'prerequisite',
    words: 'builds on',
    pattern: new RegExp(`\\b(?:builds?|building|built|sits?|layered|stacked) (?:up)?on(?: top of)? ${OBJECT}`),
  },
];

const PRONOUN = /^(?:that|this|it|those|these|them|the above|all of (?:that|this))\b\W*$/;

/** The dependencies that a text states in so many words. */
export function dependenciesIn(content: string): Dependency[] {
  const text = normaliseForCues(content);
  const found: Dependency[] = [];
  for (const { kind, words, pattern } of PHRASES) {
    const needed = pattern.exec(text)?.[1]?.trim();
    if (!needed) continue;
    const object = new Set(keyTerms(needed).keys());
    if (object.size > 0 || PRONOUN.test(needed)) found.push({ kind, words, object });
  }
  return found;
}
