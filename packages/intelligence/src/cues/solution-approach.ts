import { type Cue, cue } from './cue.ts';

const DOUBT =
  /\b(?:not|isn't|n't|never|hardly|no) (?:\w+ ){0,2}(?:work|help|solve|fix|a solution|the solution|the answer)\b/;
const ACT =
  '(?:use|try|add|set|put|make|run|move|create|store|write|keep|wrap|switch|split|replace|cache|batch|index|pin|retry|rewrite|refactor|configure|disable|enable|remove|extract|queue|stream|shard|combine|reuse|schedule|compress|attach|mount|print|reduce|increase|limit|generate|build|train|merge|separate|connect|convert|change|apply|install|upgrade|downgrade|implement|pass|call|define|filter|normali[sz]e|check|read|load|measure|record)';

/** How something can be solved or done. */
export const SOLUTION_APPROACH: readonly Cue[] = [
  cue(/^(?:also )?(?:consider|try|start by|begin by|think about) \w+ing\b/, 0.52),
  cue(/\b\w+ing\b.{2,50}?\b(?:fixed|solved|cured|resolved|eliminated|helped|did the trick)\b/, 0.6, { unless: DOUBT }),
  cue(
    /\b(?:fixed|solved|resolved|cured) (?:it|this|that|the \w+)(?: completely| for (?:me|us|good)| entirely| now)?[,.!;]?/,
    0.46,
    {
      unless:
        /\b(?:not|n't|never|if|once|until|whether|being|get|gets|be|has|have to|when|is|are|was) (?:\w+ ){0,2}(?:fixed|solved|resolved|cured)\b/,
    },
  ),
  cue(/\b(?:the|our|my) plan(?: now)? is:? /, 0.5),
  cue(
    /\b(?:the|a|one|another|our|my|best|right|simplest|easiest|proper|cleanest|better|obvious|possible|only|quick|cheap|real|good) (?:\w+ )?(?:solution|fix|workaround|approach|remedy|cure|mitigation)(?: (?:here|for|to|would|i|we|that)(?: [\w'-]+){0,5}?)? (?:is|was|would be|could be|might be|turned out)\b/,
    0.68,
    {
      unless: /\bno (?:solution|fix|workaround)\b/,
    },
  ),
  cue(
    /\b(?:the|a|one|another|best|right|simplest|easiest|proper|cleanest|better|only|good|cheapest|fastest) (?:\w+ )?(?:way|trick|plan|strategy|option|possibility)(?: (?:here|for this|forward|to \w+(?: [\w'-]+){0,5}?))? (?:is|was|would be|could be|might be) (?:to|that|just|simply|by|a|an|we|using)\b/,
    0.58,
  ),
  cue(
    /\b(?:fix(?:ed|es|ing)?|solv(?:ed|es|ing)|resolv(?:ed|es|ing)|work(?:ed|ing)? around|g[eo]t(?:ting)? around|address(?:ed|es|ing)|mitigat(?:ed|es|ing)|avoid(?:ed|s)?|prevent(?:ed|s)?) (?:it|this|that|the [\w ]{2,40}?|these|them|those|my [\w ]{2,30}?|our [\w ]{2,30}?|both|all of [\w ]{2,20}) (?:by|with|using|through|if|when|simply by|just by|via)\b/,
    0.7,
    {
      unless: DOUBT,
    },
  ),
  cue(
    /\b(?:that|this|which|it)(?:'s| is| has|) ?(?:will |would |should |could |might |finally |actually |also )*(?:fix|solve|resolve|cure|address|mitigate)(?:s|d|es)? (?:it|this|that|the|my|our|all|everything|both|most)\b/,
    0.5,
    {
      unless: /\b(?:if|not|n't|whether|once|until|when) (?:\w+ ){0,3}(?:fix|solve|resolve)/,
    },
  ),
  cue(
    /\b(?:is|was|would be|could be) (?:probably |clearly |really )?the (?:\w+ )?(?:fix|solution|answer|remedy|way to go|way forward)\b/,
    0.6,
    {
      unless: /\b(?:what|how|not|n't|where) (?:\w+ ){0,3}the (?:\w+ )?(?:fix|solution|answer|way)/,
    },
  ),
  cue(
    /\b(?:my|our|the|one|a possible|a simple) (?:proposed |preferred |current )?(?:plan|approach|proposal|suggestion|recommendation|strategy|solution) (?:is|was|would be|here is|for (?!\d))/,
    0.68,
  ),
  cue(/\bi(?:'d| would)? (?:strongly |really |also )?(?:propose|suggest|recommend|advise)\b(?! you read)/, 0.64),
  cue(/\b(?:what|how) (?:we|i) (?:could|can|should|might) do (?:here )?is\b/, 0.62),
  cue(
    new RegExp(
      `\\b(?:you|we|i|one) (?:can|could|should|might want to|may want to|'d) (?:just |simply |also |then |instead |probably |perhaps |easily |always )*${ACT}\\b`,
    ),
    0.5,
  ),
  cue(
    /\b(?:we|i|you) (?:can|could|should|might) (?:\w+ )?(?:solve|fix|avoid|address|handle|work around|mitigate|get around|resolve|prevent|speed up|reduce|detect|bypass)\b/,
    0.56,
    {
      unless: /\bhow (?:we|i|you) (?:can|could|should|might)\b/,
    },
  ),
  cue(
    /\bif (?:you|we|i) (?:just |simply |instead |could |can )*(?:use|add|set|move|change|switch|put|split|cache|replace|make|run|keep|take|remove|batch|store|combine)\b.{4,120}?\b(?:will|would|should|'ll|won't|wouldn't|can|could|gets?|becomes?)\b/,
    0.54,
  ),
  cue(
    /\b(?:instead of|rather than) \w+ing\b.{0,80}\b(?:we|i|you|it|just|use|can|could|should)\b|\b(?:we|i|you|it|just|use|can|could|should)\b.{0,80}\b(?:instead of|rather than) \w+ing\b/,
    0.36,
  ),
  cue(
    /\bby (?:using|adding|setting|switching|moving|caching|changing|replacing|splitting|running|making|putting|batching|removing|increasing|reducing|limiting|storing|keeping|wrapping|passing|enabling|disabling|converting|installing|upgrading|rewriting|calling|training|combining|introducing|precomputing)\b/,
    0.36,
  ),
  cue(/\b(?:work ?around|hot ?fix|quick fix|remedy)\b/, 0.5, { unless: DOUBT }),
  cue(
    /^(?:just |simply |try |you should |for now,? )?(?:use|try|set|run|install|upgrade|downgrade|replace|wrap|pass|call|switch to|configure|disable|enable|split|cache|batch|move|put) (?:the|a|an|your|our|\uFFFC|using|to|it|this|each|every|all|only)\b/,
    0.4,
    {
      unless: /\b(?:please|for me|tone|words|english|bullet|paragraph|sentence|example)\b/,
    },
  ),
  cue(/\b(?:how about|what about) (?:we |just |simply )?(?:\w+ing|use|try|add|put|make)\b/, 0.46, { question: true }),
  cue(
    /\b(?:worked|works|did the trick|is working) (?:for me|fine|well|great|perfectly|now|again|like a charm)\b|\bdid the trick\b/,
    0.4,
    { unless: DOUBT },
  ),
  cue(
    /\b(?:the (?:idea|point|trick) (?:is|would be|being) to|so (?:that )?(?:we|it|you|the \w+) (?:can|could|don't have to|won't|doesn't))\b/,
    0.28,
  ),
  cue(
    /\b(?:first|then|after that|finally),? (?:we|i|you)(?:'ll| can| could| should)?\b.{3,}\b(?:then|and then|after that|finally)\b/,
    0.4,
  ),
  cue(/\b(?:alternatively|as an alternative|another alternative)\b/, 0.4),
  cue(/\bsolution\b|\bapproach\b|\bfix\b/, 0.2, {
    unless: /\b(?:no|any|need an?|find an?|looking for an?|without an?) (?:\w+ )?(?:solution|approach|fix)\b/,
  }),
  cue(
    /\b(?:i|we)(?:'ve| have)? (?:just |now |then |also |finally |already |simply |manually )*(?:upgraded|updated|switched|moved|replaced|removed|added|set|changed|rewrote|rewritten|cleaned|disabled|enabled|increased|reduced|raised|lowered|swapped|repasted|sealed|sanded|painted|insulated|glued|tightened|reinstalled|cached|indexed|batched|split|pinned|patched|restarted|rebuilt|retrained|normali[sz]ed|shortened|restructured|reordered|automated|put|did|gone|went|wrapped|used|tried)\b.{2,90}?(?:,| and| since|; |\.) ?.{0,40}?\b(?:works?|worked|working|fixed|gone|flat|stable|better|faster|quieter|smaller|no more|no longer|solved|down to|dropped|went away|helped|peaks? at|fine now|perfect(?:ly)?|smooth(?:ly)?|like a (?:charm|dream)|much \w+er)\b/,
    0.6,
    {
      unless:
        /\b(?:still|not|n't|but|only worse|nothing) (?:\w+ ){0,2}(?:work|works|working|better|help|helped|fixed)\b/,
    },
  ),
  cue(
    /\b(?:works|working|runs|running) (?:like a (?:dream|charm)|flawlessly|much better|perfectly|smoothly|reliably)\b/,
    0.46,
    { unless: DOUBT },
  ),
  cue(
    /\b(?:is|are|went|came|got|goes|brings?|brought|cuts?|reduces?|reduced) (?:it |this |that |them |us |me |the \w+(?: \w+)? )?(?:down|back) (?:to|by|from)\b/,
    0.44,
    {
      unless:
        /\b(?:open rate|revenue|sales|score|accuracy|rate|users|traffic|income)\b|\bback (?:to|from) (?:the|work|you|normal life)\b/,
    },
  ),
  cue(
    /\b(?:another|one|a second|a third|the other|an?) (?:\w+ )?(?:option|possibility|alternative|idea|way)(?: here)? (?:is|would be|could be|might be) (?:to |\w+ing|an?|the)/,
    0.44,
    { unless: /\bidea (?:is|would|could)\b/ },
  ),
  cue(
    /\bas (?:a |an )?(?:workaround|stopgap|interim|temporary|quick) ?(?:fix|solution|measure)?\b|\b(?:band-aid|makeshift|for the time being)\b/,
    0.5,
  ),
];
