import { type Cue, cue } from './cue.ts';

const ASKING_HELP = /\b(?:can|could|would) you\b/;

/** Thoughts that their author has not worked out: proposals in the conditional, open choices, things to come back to. */
export const INCOMPLETE_IDEA: readonly Cue[] = [
  cue(/\bwhat if (?:we|i|it|the|you|there|our|each|every|instead|all)\b/, 0.64, { question: true }),
  cue(
    /\b(?:i|we)(?:'m| am|'re| are|'ve been| have been|'d been| was| were|)? ?(?:just )?wonder(?:ing)? (?:if|whether|about)\b/,
    0.52,
    {
      question: true,
      unless: /\bif (?:you|anyone|someone|there'?s? (?:is )?(?:a|any))\b/,
    },
  ),
  cue(
    /\bi(?:'ve been|'m| have been| was| am) (?:also )?(?:just )?(?:toying|playing around|playing) with the (?:idea|thought|notion)\b/,
    0.76,
  ),
  cue(/\bi(?:'ve been| have been| was|'m| keep) (?:just |also )?thinking (?:about|of|that|maybe|we|it)\b/, 0.54),
  cue(
    /\b(?:i|we)(?:'ve)? (?:have|had|got) (?:an?|this|another|one|a rough|a vague|a half[- ]baked|some) (?:\w+ )?ideas?\b/,
    0.62,
    {
      unless: /\bno idea\b/,
    },
  ),
  cue(
    /\b(?:one|another|my|the|a rough|a vague|a crazy|a wild) (?:\w+ )?idea (?:is|was|would be|could be|might be|here)\b/,
    0.62,
  ),
  cue(/^(?:rough |random |crazy |wild |half[- ]baked )?idea: /, 0.72),
  cue(
    /\b(?:half[- ]baked|thinking out loud|spitballing|brainstorming|just an idea|rough idea|vague idea|early thought|rough thought)\b/,
    0.66,
  ),
  cue(/\bmaybe (?:we|i|it|you|they) (?:could|should|can|might|would|want to|also)\b/, 0.54, { question: true }),
  cue(
    /\b(?:we|i) (?:could|might|may) (?:maybe|possibly|perhaps|potentially|eventually|someday|one day|at some point)\b/,
    0.58,
  ),
  cue(/\b(?:perhaps|possibly) (?:we|i|it|there) (?:could|should|can|might)\b/, 0.52),
  cue(/\bwe (?:might|may) (?:want|need|have) to\b/, 0.44),
  cue(
    /\b(?:i|we) (?:haven't|have not|hadn't) (?:really |quite |fully |yet )*(?:figured|decided|thought|worked|settled|made up)\b/,
    0.64,
  ),
  cue(
    /\b(?:still|yet) (?:need|needs|have|has|trying|want|wants)? ?to (?:figure out|decide|work out|think through|think about|be decided|be worked out|sort out)\b/,
    0.62,
  ),
  cue(
    /\b(?:need|have|needs|has) to (?:figure out|think through|think about|work out|decide) (?:how|what|whether|if|which|where|when)\b/,
    0.5,
  ),
  cue(
    /\bnot (?:really |quite |entirely |at all |yet )?sure (?:yet )?(?:if|how|whether|what|which|about|where) (?:we|i|to|it|the|this|that)\b/,
    0.46,
  ),
  cue(
    /\b(?:don't|do not|didn't) (?:really |quite )?know (?:yet )?(?:how|whether|if|what|which) (?:we|to|it should)\b/,
    0.4,
  ),
  cue(
    /\b(?:open question|tbd|to be decided|up in the air|undecided|unclear whether|not fleshed out|needs more thought)\b/,
    0.56,
    {
      question: true,
    },
  ),
  cue(
    /\b(?:some ?day|at some point|in the future|eventually|down the road|later on) (?:we|i|it) (?:could|should|might|may|want|would|will probably)\b/,
    0.56,
  ),
  cue(
    /\bit (?:might|could|may) be (?:really |quite |also )?(?:interesting|nice|worth|cool|fun|useful|good|worthwhile|better|possible|easier)\b/,
    0.52,
  ),
  cue(/\bwould it (?:make sense|be (?:possible|better|worth|good|useful|feasible))\b/, 0.5, {
    question: true,
    unless: ASKING_HELP,
  }),
  cue(/\bshould (?:we|i|it|the \w+) (?:\w+ ){1,10}or\b/, 0.54, { question: true }),
  cue(/\b(?:torn|undecided|going back and forth|on the fence) (?:between|about|on)\b/, 0.62),
  cue(/\bcould (?:we|it) (?:maybe|perhaps|possibly|somehow|also)\b/, 0.5, { question: true }),
  cue(/\b(?:some kind of|something like|along the lines of|some form of)\b/, 0.22),
  cue(/\b(?:maybe|perhaps|possibly|somehow)\b/, 0.14),
  cue(/(?:\.\.\.|…)$/, 0.16),
];
