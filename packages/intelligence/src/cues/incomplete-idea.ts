import { OPENER } from '../text/openers.ts';
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
  cue(
    /\b(?:i|we|it|this|that|there|they|one|which|[\w-]+s?) (?:also |just |even |perhaps )?(?:might|may)(?: also| just| even| as well| actually)? (?!have been\b|want to\b|need to\b|have to\b|not\b|i\b|fail\b|break\b|crash\b|cause\b)[a-z]{2,}/,
    0.46,
    { unless: /\b(?:you|error|bug) (?:might|may)\b|\bin may\b/ },
  ),
  cue(
    /(?:^|[,:;.] )(?:one|just a|a|another|random|wild|side|quick|crazy|last|half a) (?:more |small |other |random )?thoughts?[,:. ]/,
    0.6,
  ),
  cue(
    /\b(?:haven't|have not|hadn't|didn't) (?:yet |really |properly |even |actually )?(?:look(?:ed)?(?: into| at)?|check(?:ed)?|test(?:ed)?|explored?|planned|researched|thought|decide[d]?|worked (?:it|out|through)|made up|settled|sketched|tried)\b.{0,40}(?:yet|though|through|out|which|how|whether|if|what|into|mind|\.|$)/,
    0.5,
    { unless: /\b(?:work|error|problem|crash)\b/ },
  ),
  cue(
    /\b(?:no (?:concrete |real |clear |detailed )?(?:plans?|clue|idea)(?: yet)?(?: for| how| whether| if| what| where| about|\.|,|$)|not (?:yet |at all |really |quite |entirely )?(?:sure|certain|clear|convinced)(?: yet)?(?: if| whether| how| what| which| where| about|\.|,|$)|unsure|undecided|not decided)/,
    0.5,
    {
      question: true,
      unless: /\bnot (?:sure|clear) (?:what you|why|i understand|if i understand|how to (?:install|use|read|fix))/,
    },
  ),
  cue(
    /\b(?:some ?day|one day|down the line|down the road|in the long run|long term|in the future|later maybe|maybe later|at some point|eventually|next year maybe|another time|for later)\b/,
    0.42,
    {
      unless:
        /\b(?:eventually|at some point) (?:it |the |we |i )?(?:crashes|failed|fails|worked|stopped|found|noticed|dies|died)\b/,
    },
  ),
  cue(
    /\b(?:i'm|we're|i am|we are|i've been|we've been|i was|been|i keep) (?:also |currently |still |just |now |even |kind of )*(?:considering|contemplating|debating|exploring|pondering|leaning|tempted|thinking|wondering|toying|dreaming|playing|entertaining|mulling|flirting)\b/,
    0.58,
    {
      unless:
        /\bthinking (?:the same|straight)|\bwondering (?:what|why|how|if you|which|when|where|who)\b|\bi was thinking of you\b/,
    },
  ),
  cue(new RegExp(`^${OPENER}(?:maybe|perhaps|possibly|potentially|or maybe)\\b`), 0.5, {
    question: true,
    unless:
      /\b(?:you can|can you|could you|i'm (?:doing|missing|wrong)|it's (?:a|the|just)|that's|because|the (?:problem|cause|reason))\b/,
  }),
  cue(
    /\b(?:we|i|one|they) could (?:also |even |just |simply |always |theoretically |in theory |of course )*(?!not\b|see\b|tell\b|hear\b|find\b|feel\b|be\b|have\b)[a-z]{3,}/,
    0.42,
    { unless: /\b(?:if|wish|so|that) (?:we|i) could\b|\buntil we could\b/ },
  ),
  cue(
    /\b(?:it|that|this|there|which) could (?:also |even |maybe |actually )*(?:be|become|turn|work|help|bring|open|make|save|serve|give|let)\b/,
    0.38,
    { unless: /\b(?:be (?:the|a|an) (?:problem|issue|bug|cause|reason|error)|be because|be that)\b/ },
  ),
  cue(/\b(?:or just|or maybe|or perhaps|or even|or rather|, or something|or whatever|or should)\b/, 0.24),
  cue(
    /\b(?:come back to (?:that|this|it)|revisit|park(?:ed|ing)? (?:it|this|that|the)|shelved?|keep (?:it|that|this) in mind|on my list|back burner|play with|needs? (?:some |more )?thought|food for thought|sleep on it)\b/,
    0.42,
  ),
  cue(/\bsomehow\b|\bin some (?:way|form)\b/, 0.18),
  cue(/\b(?:maybe|perhaps|possibly|potentially)\b/, 0.22),
  cue(/\bwhat about (?!you\b|your\b|the (?:error|problem))(?:[\w-]+ ){1,}/, 0.5, {
    question: true,
    unless: ASKING_HELP,
  }),
  cue(/\bwould(?:n't)? (?:it|that|this) (?:not )?(?:be|make|help|work)\b.*\?$/, 0.36, {
    question: true,
    unless: ASKING_HELP,
  }),
  cue(
    /\bi (?:kind of |sort of |secretly )?(?:dream of|fancy|imagine|picture|envision|have (?:a|this) (?:vague|rough) )/,
    0.44,
  ),
  cue(
    /\b(?:one day|some ?day|eventually|at some point|in the long run|maybe later|some time)\b.{0,20}\b(?:i|we)(?:'d| would| want| might| could| may|'ll)\b|\b(?:i|we)(?:'d| would| might| could| want)\b.{3,60}\b(?:one day|some ?day|eventually|at some point|in the long run)\b|\b(?:is|that's) (?:still )?(?:just )?a dream\b/,
    0.64,
  ),
  cue(/\bthere (?:could|might|may) (?:also |even )?be\b/, 0.3),
];
