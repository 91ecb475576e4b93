import type { Sentence } from '../text/sentences.ts';

/** How a user takes up what was said just before. */
export interface Acceptance {
  /**
   * commitment: "let's go with that"; report: "did that, it works"; agreement: "good idea"; assent: a bare "yes";
   * opening: a "yes" that goes on.
   */
  kind: 'commitment' | 'report' | 'agreement' | 'assent' | 'opening';
  sentence: Sentence;
}

const MAX_SENTENCES_READ = 3;

const REFUSAL =
  /^(?:no\b(?! (?:problem|worries))|nope|nah|not (?:really|quite|what|sure|yet|exactly|a fan)|hmm|actually,? (?:no|i|let's not)|but\b|i don't|i do not|don't|that's (?:not|wrong)|that is (?:not|wrong)|wrong|incorrect|wait|stop|never ?mind|instead\b|i disagree|(?:yes|yeah|ok|okay|sure|right|well)[,.]? (?:but|no\b|not|however|although)|i'm not (?:sure|convinced))/;
const FAILURE =
  /\b(?:(?:did|does|do|is|was|has)(?:n't| not) (?:\w+ )?(?:work|help|fix|solve|working|true|correct|right|what)|still (?:the same|fails|failing|broken|not|get|getting|doesn't|crash)|same (?:error|problem|issue)|made it worse|won't work|wouldn't work|i'd rather|i would rather|too (?:complex|complicated|expensive|slow|much))\b/;
const COMMITMENT =
  /\b(?:let's|let us) (?:just |definitely )?(?:do|go|use|try|take|implement|build|pick|choose|start with|start|proceed|adopt|stick|keep|make|run with|ship|move|switch|add)\b|\b(?:i|we)(?:'ll| will|'m going to| am going to|'re going to| are going to) (?:\w+ly |just |definitely )?(?:go with|use|do|try|take|implement|build|adopt|pick|choose|start with|proceed|follow|switch|add|keep|set)\b|\bgo(?:ing)? (?:with|for) (?:that|this|it|the|option|number|your|both)\b|\b(?:ship|implement|build|do) (?:it|that|this)\b(?: that way)?|\bplease (?:do|go ahead|implement|proceed|apply|build)\b|^(?:[\w\uFFFC-]+ ){1,5}it is(?: then)?[,.!]|^i will do\b|^will do\b|\bgo(?:ing)? with (?:option [a-d1-4]\b|[a-d1-4](?=[,.!]|$))|\bcount me in\b|\b(?:i'll|we'll|i will|we will) (?:go|start|proceed|do) /;
/** The user did what was proposed. */
const REPORT =
  /\b(?:i|we)(?:'ve| have)? (?:just |now |also |already |then |finally |even )*(?:implemented|applied|tried|used|did|done|added|followed|set (?:it )?up|built|installed|tested|made|went with|switched|upgraded|changed|moved|removed|replaced|rewrote|rewritten|ordered|bought) (?!nothing|everything else|all (?:of )?that)|\b(?:that|this|it|your (?:\w+ )?(?:suggestion|idea|advice|tip|fix|solution|trick|approach|hint)) (?:really |totally |actually |just |finally |immediately )*(?:worked|works|helped|fixed|solved|did it|did the trick|saved|was (?:a hit|spot on|exactly|perfect|right))\b|\b(?:worked|works|working) (?:like a (?:charm|dream)|perfectly|great|well|now|fine|as expected)\b|^(?:done|fixed|solved)\b/;
const AGREEMENT =
  /\b(?:sounds (?:good|great|right|perfect|reasonable|like a (?:good )?plan)|good (?:idea|point|call|plan|suggestion)|great (?:idea|point|call|plan|suggestion)|(?:that|this|it|which)(?:'s| is| was)? ?(?:makes (?:a lot of |total |perfect |much )?sense|works|worked|did the trick|helped|fixed it|fixed (?:that|the)|solved|perfect|exactly (?:it|what|right)|a (?:good|great|nice) (?:idea|plan|approach|solution|point)|the way to go|brilliant|what i (?:need|want|was looking for))|works for me|love (?:it|that|this|the idea)|i like (?:that|this|it|the (?:idea|approach|first|second|third|last))|i agree|agreed|perfect,|you(?:'re| are) (?:absolutely |totally |completely )?right|exactly,|it works (?:now|great|perfectly|fine)|agree on|agree with (?!him|her|them)|good (?:hint|tip|thinking|catch|advice)|great (?:hint|tip|catch|advice)|(?:fair|valid|excellent|solid|interesting) (?:point|idea|suggestion|plan)|(?:looks|sounds) (?:like )?(?:exactly|just) what|exactly what (?:i|we)|(?:that|this|it)(?:'d| would| will)? (?:work|help|be perfect|be great|do)|should have thought of|didn't think of that|fine (?:for|with|by) (?:me|us)|(?:is|are|was|were) (?:a )?(?:hit|lifesaver|gold|genius|spot on)|(?:like|love|prefer) the [\w -]{2,30}(?:idea|one|approach|option|suggestion|plan)|no objections|(?:fits|suits) (?:us|me|well)|i'm (?:sold|convinced))\b|\b(?:brought|got|cut|reduced) (?:it|that|this|them|the [\w ]{2,20}) (?:down|to|by)\b|\b(?:fixed|solved) (?:it|this|that|the)\b|\b(?:everyone|everybody|the team|my \w+|all) (?:is|are|was) on board\b|\byour (?:idea|suggestion|advice|tip|plan|approach|proposal|hint|recommendation)\b|\bdid the trick\b|\b(?:is|are|was|sounds|looks) (?:just |really |absolutely |actually |pretty )?(?:brilliant|great|perfect|genius|lovely|awesome|excellent|fantastic|amazing|ideal|smart|nice|cool)\b|\b(?:is|are) (?:neat|clever|a (?:good|great|nice|neat|fair) (?:idea|point|solution|compromise)|exactly what)\b|^(?:fair enough|good thinking|nice|neat|clever|love|bingo|brilliant|great|excellent|awesome|wonderful|oh i like|smart|right,|makes sense|agree)\b|\bsounds? (?:right|good|fine)\b|^(?:perfect|exactly|agreed|brilliant|excellent|absolutely|definitely)[.! ]*$/;
const ASSENT =
  /^(?:yes|yeah|yep|yup|ok|okay|sure|right|alright|correct|fine|great|cool|true)(?:[,. ]+(?:yes|yeah|yep|please|ok|okay|sure|right|good|do|thanks|thank you|great))*[.! ]*$/;

const OPENING = /^(?:yes|yeah|yep|yup|right|true|correct|exactly|absolutely|definitely|of course|sure|ok|okay)\b[,. ]/;

/** The user tells what came of something: it was done, it is better now. */
const OUTCOME =
  /\b(?:i|we)(?:'ve| have)? (?:now |just |already |also |then |finally )*(?!need|ask|want|wonder|tri?ed but)(?:[a-z]{3,}ed|put|made|did|done|wrote|written|built|set|cut|sent|got|bought|went|took|hung|ran|found) |\b(?:is|are|was|were) (?:now |already )?(?:gone|done|up|in|hung|set|fixed|running|back|better|installed|ordered|in place|history|solved|stable|the (?:big|right|key|main) one)\b|\b(?:what a difference|lifesaver|life saver|made it (?:a lot )?better|huge difference|big difference|much better|way better|thanks?|gave us|brought)\b/;
const SETBACK =
  /\b(?:but|still|however|unfortunately|nothing|no (?:change|effect|luck|difference)|doesn't|didn't|not|isn't|worse)\b/;

/** Whether a sentence tells a good outcome of what was proposed before. */
export function tellsOutcome({ norm }: Sentence): boolean {
  return !norm.endsWith('?') && OUTCOME.test(norm) && !SETBACK.test(norm);
}

/** Whether a sentence says that the user did something. */
export function reports({ norm }: Sentence): boolean {
  return REPORT.test(norm);
}

/** How the first sentences of a user's turn take up what precedes them; null when they refuse it or talk of else. */
export function acceptanceIn(sentences: readonly Sentence[]): Acceptance | null {
  const read = sentences.slice(0, MAX_SENTENCES_READ);
  const first = read[0];
  if (!first || REFUSAL.test(first.norm) || read.some(({ norm }) => FAILURE.test(norm))) return null;
  const assertive = read.filter(({ norm }) => !norm.endsWith('?') && !/\bif (?:i|we|it|that)\b/.test(norm));
  const commitment = assertive.find(({ norm }) => COMMITMENT.test(norm));
  if (commitment) return { kind: 'commitment', sentence: commitment };
  const report = assertive.find(({ norm }) => REPORT.test(norm));
  if (report) return { kind: 'report', sentence: report };
  const agreement = assertive.find(({ norm }) => AGREEMENT.test(norm));
  if (agreement) return { kind: 'agreement', sentence: agreement };
  if (ASSENT.test(first.norm)) return { kind: 'assent', sentence: first };
  return OPENING.test(first.norm) && !first.norm.endsWith('?') ? { kind: 'opening', sentence: first } : null;
}

/** Whether a user's turn turns down, or reports the failure of, what precedes it. */
export function refuses(sentences: readonly Sentence[]): boolean {
  const first = sentences[0];
  if (!first) return true;
  return REFUSAL.test(first.norm) || sentences.slice(0, MAX_SENTENCES_READ).some(({ norm }) => FAILURE.test(norm));
}
