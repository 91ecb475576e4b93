import { type Cue, cue } from './cue.ts';

/** Things one asks an assistant to write; wanting one of them is no feature request. */
const ASSISTANT_WORK =
  /\b(?:function|script|snippet|code|example|story|joke|poem|essay|letter|e-?mail|list of|summary|explanation|paragraph|table of|regex|query|recipe|title|outline|draft|prompt|image|picture|translation|answer|advice|help|understand|know|learn|ask|talk)\b/;

const HOLDER =
  '(?:users?|people|customers?|admins?|administrators?|clients?|operators?|developers?|members?|viewers?|readers?|everyone|anyone|someone|teams?|they|you|we|i|one)';
/** What stands after "should" in a wish; "that should work" is a hope. */
const SHOULD_DO =
  '(?!be\\b|not\\b|work\\b|do\\b|fix\\b|help\\b|take\\b|make\\b|probably\\b|have been\\b|have to\\b|go\\b|give\\b|look\\b|solve\\b|suffice\\b|come\\b|still\\b|already\\b)[a-z]{3,}';
const PRODUCT =
  '(?:app|application|system|tool|product|service|api|ui|interface|page|site|website|dashboard|cli|client|server|remote|device|editor|platform|library|gateway|importer|parser|bot|plugin|module|screen|form|report|search|button|command)';

/** What somebody wants a product to do that it does not do. */
export const FEATURE_REQUEST: readonly Cue[] = [
  cue(
    new RegExp(
      `\\b(?:it|the app|the tool|the system) should (?:also |automatically |always |only |then )*${SHOULD_DO}`,
    ),
    0.5,
  ),
  cue(
    new RegExp(
      `\\b(?:${HOLDER.slice(3, -1)}|partners|guests|students|employees) should (?:also |always |then )*(?:get|receive|see|find|have|know when|be notified|be warned|be asked)\\b`,
    ),
    0.5,
    { unless: /\b(?:we|i|you|one|they) should\b/ },
  ),
  cue(
    /\b(?:my|our|another|one more|one|the) (?:\w+ )?(?:wish|request|wishes) (?:is|would be|:|from)|^(?:one more|another) wish\b/,
    0.56,
  ),
  cue(/\bfeature request\b|\benhancement request\b|^(?:feature|enhancement|request): /, 0.8),
  cue(
    /\b(?:would|'d|might) (?:also )?be (?:really |very |so |super |extremely |quite |pretty )?(?:nice|great|good|useful|helpful|awesome|cool|lovely|handy|ideal|amazing|fantastic|neat|sweet) (?:if|to (?:have|be able|see|get|support|add|allow|let|include))\b/,
    0.72,
    {
      question: true,
      unless: /\bif (?:you|someone|anyone) (?:could|can|would) (?:help|explain|tell|show|give|share|confirm)\b/,
    },
  ),
  cue(
    new RegExp(
      `\\b${HOLDER} (?:should|must|need to|needs to|want to|wants to|'d like to|would like to|ought to|have to) (?:also |always |then )?be able to\\b`,
    ),
    0.72,
  ),
  cue(/\bas an? [\w -]{3,40}, i (?:want|need|would like|'d like)\b/, 0.82),
  cue(
    /\b(?:would|'d) (?:really |absolutely )?(?:love|like|appreciate) (?:to (?:have|see)|it if|if|an?|some|the ability|support|having|seeing) /,
    0.62,
    {
      unless: ASSISTANT_WORK,
    },
  ),
  cue(/\b(?:i|we)(?:'d)? (?:really )?wish (?:it|there|we|the|that|this|you)\b/, 0.64),
  cue(
    /\b(?:add|adding|build|implement|introduce|provide|include) (?:\w+ )?(?:support|an? (?:\w+ )?(?:option|button|flag|setting|mode|command|page|view|filter|field|endpoint|toggle|shortcut|parameter|switch|hook|feature)|the (?:ability|option|possibility))\b/,
    0.6,
    {
      question: true,
      unless: /\b(?:we|i)(?:'ve| have|'ll| will)? (?:added|adding)\b/,
    },
  ),
  cue(/^(?:please )?(?:also )?(?:add|support|allow|enable|provide|include|implement) (?!me\b|more detail)/, 0.46, {
    unless: ASSISTANT_WORK,
  }),
  cue(
    /\b(?:please|can we|could we|can you|could you|we should|we need to|we have to|we want to|we'd like to|need to) (?:please )?(?:also )?(?:add|support|allow|enable|have|get|expose|implement) (?:an?|the|some|support|more|multiple|for|users?)\b/,
    0.52,
    {
      question: true,
      unless: ASSISTANT_WORK,
    },
  ),
  cue(
    new RegExp(
      `\\b(?:the|this|our|that|its|my) (?:[\\w-]+ ){0,2}${PRODUCT} (?:should|must|needs? to|has to|ought to) (?:also |automatically |always |only |at least )?(?:be able|support|allow|let|offer|provide|include|have|handle|show|display|send|accept|remember|detect|warn|export|import|work)\\b`,
    ),
    0.62,
  ),
  cue(
    /\b(?:it|they|that|this) (?:should|must|needs? to|has to|have to) (?:also |automatically |always |at least )?(?:be able to|support|allow|let|offer|provide|have|include|show|display|remember|detect|warn)\b/,
    0.5,
  ),
  cue(
    /\b(?:there|it) (?:should|must|needs? to|has to|ought to) be (?:an?|some|more|at least|easier|possible)\b/,
    0.58,
    {
      unless:
        /\bbe (?:an? |some )?(?:\w+ )?(?:leak|bug|mistake|error|reason|problem|mismatch|explanation|misunderstanding)\b/,
    },
  ),
  cue(
    /\b(?:we|i|they|users|people|customers)(?:'d| would)? (?:really |definitely |also |still |desperately )?(?:need|want|like|require) (?:an?|some|better|more|support for|the ability|to have)\b/,
    0.48,
    {
      unless: ASSISTANT_WORK,
    },
  ),
  cue(
    /\b(?:i|we|they) (?:\w+ )?(?:want|need|'d like|would like) (?:it|this|that|the \w+(?: \w+)?|our \w+) to (?:be|have|support|show|work|do|allow|run|send|include|let|handle|automatically)\b/,
    0.56,
    {
      unless: ASSISTANT_WORK,
    },
  ),
  cue(/\b(?:i|we) (?:\w+ )?(?:want|need|'d like|would like) to be able to\b/, 0.66),
  cue(
    /\b(?:is|are) (?:there )?(?:any )?(?:plans?|possibility|chance) (?:to|of|for) (?:add|support|have|implement|includ|hav)/,
    0.6,
    { question: true },
  ),
  cue(
    /\b(?:could|can|would|should) (?:it|the (?:\w+ )?\w+|this|there) (?:also )?(?:support|have|allow|be made|include|accept|provide|offer|be an option)\b/,
    0.48,
    {
      question: true,
    },
  ),
  cue(
    /\b(?:the|our|each|every|any|all) (?:[\w-]+ ){1,3}(?:should|must|has to|have to|needs? to|ought to) (?:also |only |all |always |at least )?(?:be|have|show|allow|support|work|look|fit|display|include)\b/,
    0.48,
    {
      unless: /\bthe (?:question|problem|issue|point|thing|way|reason|answer|idea|fact|people|person)\b/,
    },
  ),
  cue(/\b(?:requirement|user story|use case|acceptance criteri(?:on|a)) (?:is|are|here)\b|^requirements?: /, 0.54),
  cue(/\b(?:no way|not possible|impossible|no option) (?:right now |currently |yet )?to\b/, 0.36),
  cue(/\b(?:lacks?|missing|doesn't (?:yet )?(?:support|have|allow|let)|no support for|doesn't come with)\b/, 0.3),
  cue(/\b(?:ability to|option to|support for|out of the box|wish ?list|nice to have|must have)\b/, 0.28),
  cue(/\bideally\b/, 0.5, { unless: /\b(?:i'd|i would|you|we'd) ideally (?:know|understand)\b/ }),
  cue(
    /\b(?:would|'d) (?:also |still |really )?be (?:really |very |so |super |even |quite |pretty |much )?(?:nice|great|good|useful|helpful|awesome|cool|lovely|handy|ideal|amazing|neat|sweet|better|perfect|convenient) (?:if|to|when|with|though to)\b/,
    0.6,
    {
      question: true,
      unless:
        /\bto (?:know|understand|hear|learn|talk|meet|discuss|get (?:an|your|some) (?:answer|opinion|feedback|advice))\b|\bif (?:you|someone|anyone) (?:could|can|would) (?:help|explain|tell|show|give|share|confirm|write|suggest|list|check|look)\b/,
    },
  ),
  cue(
    /\b(?:has|have|needs?|ought|had) to be (?:part of|in the|able|possible|there|shown|visible|included|supported|available|configurable|searchable|editable|accessible|optional|printable|exportable|translated|responsive|mobile)\b|\b(?:must|should) (?:also |always |at least )?be (?:possible|visible|shown|included|available|configurable|searchable|editable|accessible|optional|sortable|filterable|exportable|translatable|notified|easy|able|offline|printed)\b/,
    0.6,
  ),
  cue(
    /\b(?:marketing|sales|support|legal|finance|accounting|hr|management|(?:the |my |our )(?:boss|manager|ceo|cto|client|customer|team|designer|editor|teachers?|students?|testers?|board|landlord|wife|husband|kids|daughter|son|parents?|users|customers|clients|colleagues?|volunteers|doctors?|nurses|drivers|operators?|admins?)|users|customers|clients|everyone|everybody|people|teachers|students|parents|guests|readers|members|stakeholders|several (?:people|customers|users)|(?:two|three|many|some) (?:\w+ )?(?:people|customers|users|clients)) (?:also |really |always |now |all |often |even |mostly |still )*(?:wants?|would like|would love|asks? (?:me |us )?for|asked (?:me |us )?(?:for|if|whether)|keeps? asking|requests?|requested|needs? (?:a|an|the|to)|demands?|insists? on|are asking|is asking|have asked|has asked|would prefer|wishes|wish)\b/,
    0.58,
    {
      unless:
        /\b(?:don't|doesn't|didn't|not|never|nobody) (?:\w+ )?(?:want|ask|need|request)\b|\bif (?:the |my |our )?\w+ wants?\b/,
    },
  ),
  cue(
    /\b(?:i|we)(?:'d| would) (?:really |absolutely |also )?(?:love|like|want|prefer) (?:for |the |it |them |my |our |an? |some |to (?:have|see|get|be able|let|show|track|filter|export|import|share|sync|give|use it)|if )/,
    0.56,
    { unless: ASSISTANT_WORK },
  ),
  cue(
    /\bwhat (?:i|we|users|people|they|customers)(?:'d| would)? (?:really |actually |still |also |would |desperately )*(?:need|want|miss|like|love|lack|wish for)(?:s)?(?: to have| most)? (?:is|would be)\b|\b(?:what's|what is|the only thing) (?:still )?missing (?:is|for)\b|\b(?:i|we) (?:really |still |sorely )?(?:miss|am missing|are missing|lack) (?:an?|the|some|any)\b/,
    0.6,
  ),
  cue(
    /\b(?:a way|an option|the option|a button|a switch|a setting|a shortcut|a mode|a toggle|a filter|a reminder|a notification|an alert|an export|a dashboard|an overview|an app) (?:to|that|for|when|where|per|which|with)\b/,
    0.3,
  ),
  cue(
    new RegExp(
      `\\b(?:${HOLDER.slice(3, -1)}|partners|guests|students|parents|teachers|employees|visitors|drivers|patients) (?:should|must|need to|needs to|have to) (?:also |always |then |be able to )*(?:see|find|get|know|choose|pick|filter|search|sort|export|import|upload|download|print|share|book|cancel|edit|delete|undo|comment|vote|invite|assign|track|receive|log in|sign|pay|scan|reply|subscribe)\\b`,
    ),
    0.56,
    {
      unless:
        /\b(?:we|i|you|one|they) (?:should|must|need to|have to) (?:also )?(?:see|know|get|find|choose|pick|track|pay|search|book)\b/,
    },
  ),
  cue(
    /\b(?:it|the (?:[\w-]+ ){1,2}|they|this) (?:should|must|needs to|has to|ought to) (?:also |automatically |always |only |at least |really |then |just )*(?:blink|beep|notify|alert|warn|remind|show|tell|let|send|sync|export|import|highlight|save|store|remember|recognize|recognise|detect|print|play|open|close|log|track|count|list|sort|filter|group|suggest|update|refresh|run offline|work (?:offline|on|with|without|in)|look like|accept|allow|support|handle|fit|display|reply|answer|stop|switch|adapt|scale|be able)\b/,
    0.54,
  ),
  cue(
    /\b(?:it|that|there|they)(?:'d| would) (?:also |even |then |automatically |just |ideally )+(?:show|warn|blink|send|tell|remind|let|save|sync|highlight|list|track|export|notify)\b/,
    0.44,
  ),
  cue(
    /\b(?:wish ?list|on my wish|dream feature|feature idea|killer feature|must-have|nice-to-have|request from|feature)\b/,
    0.34,
    { unless: /\bfeature (?:flags?|branch|engineering|importance|selection|extraction|store|matrix|vectors?|set)\b/ },
  ),
  cue(
    /\b(?:could|can) (?:you|we|they|it) (?:please )?(?:also )?(?:make it|make this|let (?:us|me|users|people)|add|include support) (?:so|possible|easier|configurable|optional|work|that)?\b/,
    0.4,
    { question: true, unless: ASSISTANT_WORK },
  ),
  cue(
    /\b(?!i\b|we\b|you\b|who\b|that\b|which\b|if\b|don't\b|to\b|would\b|may\b|might\b|also\b|really\b|just\b|not\b)[a-z]{3,} wants? (?:to (?:see|have|get|be able|know|export|import|print|use|track|filter|search|sort|share|book|choose|compare|download|edit|receive)|an? (?!look|word|beer)|some |more |the option|support|better )/,
    0.52,
    {
      unless: /\b(?:if|when|whenever|nobody|no one|whoever) (?:[\w-]+ ){0,3}wants?\b/,
    },
  ),
  cue(
    /\b(?:the|our|this|my) (?:[\w-]+ ){0,2}(?:app|tool|software|site|website|script|system|machine|device|program|dashboard|report|form|page|plugin|bot|editor|api|cli|ui|screen|sheet|spreadsheet|calendar|newsletter|shop|game|robot|sensor|printer) (?:should|must|needs to|ought to|has to) [a-z]+/,
    0.56,
    {
      unless:
        /\b(?:should|must) (?:be (?:fine|ok|okay|working|done|enough|broken|wrong)|work now|have (?:been|worked))\b/,
    },
  ),
  cue(/\b(?:would|'d) be (?:really |pretty |super )?(?:neat|nice|cool|great|handy|awesome|lovely|sweet) if\b/, 0.6, {
    unless: ASSISTANT_WORK,
  }),
  cue(
    /\b[a-z]{3,} (?:is|are|keeps?|were|was|have been|has been) (?:also |now |already |constantly |always |all )*(?:asking|begging|waiting|crying|screaming|longing) for (?!help|advice|me\b|you\b|us\b|an? (?:answer|reply))/,
    0.58,
    { unless: /\b(?:i'm|i am|we're|we are|i was) (?:\w+ )?(?:asking|waiting)\b/ },
  ),
  cue(
    /\b(?!i\b|we\b|you\b|they\b)[a-z]{3,} (?:would|'d) (?:really |also |all |definitely )?(?:love|like|prefer|appreciate|welcome|be happy about) (?!that you\b)/,
    0.52,
    { unless: ASSISTANT_WORK },
  ),
  cue(
    /\b(?!i\b|we\b|you\b|they\b|that\b|it\b|which\b|this\b)[a-z]{3,} (?:needs?|lacks?|deserves?|could use|should have|should get|should offer) (?:an? |some |the option |the ability |more |better |support )(?!to be\b|look\b|break\b|rest\b|bit\b|lot\b|while\b)/,
    0.46,
    { unless: /\b(?:if|no|not|nobody)\b|\bthat requires\b/ },
  ),
];
