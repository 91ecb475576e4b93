import { type Cue, cue } from './cue.ts';

const UNDECIDED =
  /\b(?:haven't|hasn't|have not|not|never|didn't|yet to|need to|have to|must|should|going to|want to|trying to|help me|help us|can't|cannot|before we|before i|until we|if we|once we|when we|whether we|how we|what we|why we|who|hard to|easier to|to) (?:\w+ )?(?:decide|decided|agree|agreed|choose|chosen|chose|settle|settled|pick|picked|commit|committed)\b/;
const COMMIT =
  '(?:use|go with|switch|migrate|move to|move from|adopt|keep using|keep the|drop|store|stick|implement|replace|deploy|start with|standardi[sz]e|host|rewrite|pin|ship|build on|target|expose|support|default to|split|run it|run the|put the|base|have the|write it|write the|serve|use the|remove the|cut the|leave out|skip the|postpone|defer|create|take|give|keep|make|renew|run|add|set|pass|send|sign|log|batch|cache|hash|encrypt|embed|put|publish|release|buy|order|plant|install|upgrade|rename|merge|move|require|allow|charge|return|enable|disable|rely on|treat|expose|plan for)';

/** Choices that somebody made, and what was chosen against. */
export const TECHNICAL_DECISION: readonly Cue[] = [
  cue(
    /\bto (?:avoid|prevent|make sure)\b.{3,80}\b(?:we|i)(?:'ll| will|'re going to)\b|\b(?:we|i)(?:'ll| will|'re going to)\b.{3,80}\bto (?:avoid|prevent|make sure)\b/,
    0.56,
  ),
  cue(/\bfrom (?:tomorrow|today|next week|monday|next month|this release)(?: on)?\b/, 0.46, { unless: /\?$/ }),
  cue(/\b(?:ruled|ruling|rule) (?:\w+ )?out\b/, 0.56, {
    unless: /\b(?:can't|cannot|could|couldn't|can|not) (?:\w+ )?rule\b/,
  }),
  cue(/^(?:[\w-]+[,.!] )?[\w\uFFFC -]{4,50} it is(?: then)?[.!]?$/, 0.58, {
    unless: /^(?:what|how|who|where|that|which|the way|as|so|if|because)\b/,
  }),
  cue(
    /\b(?:we|i|they|you|team|committee|group|board)(?:'ve| have|'d| had|)? (?:\w+ )?(?:all |both |just |already |now |finally |eventually |also |sort of )*(?:decided|agreed|settled|opted|chosen|chose|concluded|committed|voted|resolved)(?: (?:on|to|for|that|with|against|upon|not|in favou?r|the|a|using|it|we))\b/,
    0.74,
    {
      unless: UNDECIDED,
    },
  ),
  cue(
    /\b(?:the |my |our |final )?(?:decision|conclusion|verdict)(?: (?:here|for now|so far))? ?(?:is|was|:)(?! (?:not|still|hard|yours|up to))/,
    0.68,
  ),
  cue(/^(?:decision|decided|agreed|resolved|adr)(?: \d+)?: /, 0.8),
  cue(/\b(?:it|that)(?:'s| is| was| has been)(?: now| been)? (?:settled|decided|agreed)\b/, 0.62, {
    unless: UNDECIDED,
  }),
  cue(
    /\b(?:let's|let us) (?:just |all |then |rather |instead |also |definitely |first |now )*(?:go with|go for|use|stick (?:with|to)|choose|pick|adopt|switch to|stay with|settle on|move to|standardi[sz]e on|drop|build it (?:on|with|in))\b/,
    0.68,
  ),
  cue(
    /\b(?:let's|let us) (?:just |then |rather |instead |also |definitely |first |now |not )*(?:keep|make|do|put|have|store|start with|skip|remove|leave|add|split|replace|write|call it|set|cut|limit|defer|postpone)\b/,
    0.46,
    {
      unless:
        /\blet's (?:\w+ )?(?:make sure|see|have a look|do it again|do this one|do a quick|put it this way|do the next|start with (?:you|the agenda))\b/,
    },
  ),
  cue(
    new RegExp(
      `\\b(?:i|we)(?:'ll| will|'re going to| are going to|'m going to| am going to) (?:\\w+ly |now |just |therefore |definitely |not |probably )*${COMMIT}\\b`,
    ),
    0.6,
    {
      unless: /\b(?:if|whether|until|unless) (?:i|we)(?:'ll|'re| will| are)|\bprobably\b|\btalk about\b/,
    },
  ),
  cue(
    /\b(?:i|we)(?:'re| are|'m| am|'ll be| will be|'ve been| have been)? ?(?:going|went|gone|go|sticking|stuck|staying) (?:\w+ly |ahead )?(?:with|for) (?:the|a|an|our|plain|just|option|\uFFFC|[a-z]+(?:sql|js|db)|\w+)\b/,
    0.6,
    {
      unless:
        /\b(?:if|should|could|can|might|may|let you|problem|issues?|stuck) (?:\w+ )?(?:go|going|stick|sticking|with)\b|\bgoing for (?:\w+ )?(?:lunch|a walk|coffee)\b|\bgo with (?:you|me|it to)\b/,
    },
  ),
  cue(
    /\b(?:chose|choosing|picked|picking|selected|selecting|opted for|opting for|went with|going with|switched to|moved to|migrated to|replaced \w+ with) (?:[\w.+-]+ ){1,8}(?:over|instead of|rather than|because|since|as it|so that|for its|to avoid)\b/,
    0.72,
  ),
  cue(
    /\b(?:i|we)(?:'ve| have|'d|)? (?:\w+ly |now |also |just |already )*(?:chose|picked|selected|switched to|moved to|migrated to|replaced|standardi[sz]ed on|landed on|adopted|dropped|rejected|ruled out|ditched|went with|abandoned|deprecated)\b/,
    0.6,
    {
      unless:
        /\b(?:could have|should have|would have|if|since|after|when|because|before) (?:\w+ )?(?:chose|picked|selected|switched|moved|dropped|went)|\b(?:since|after|when|before) (?:we|i) (?:switched|moved|migrated|replaced|adopted|dropped)|\bdropped (?:out|by|in|off)\b/,
    },
  ),
  cue(
    /\b(?:i|we)(?:'re| are|'m| am) (?:\w+ )?(?:switching to|moving to|migrating to|dropping|replacing|adopting|standardi[sz]ing on|ditching|ruling out|keeping|choosing|picking|settling on)\b/,
    0.6,
  ),
  cue(
    /\b(?:i|we) (?:won't|will not|'re not going to|are not going to|aren't going to|'m not going to) (?:\w+ )?(?:use|support|do|add|build|need|include|allow|store|migrate|adopt|have|implement|keep|ship)\b/,
    0.56,
    {
      unless: /\b(?:if|why|worry|unless|that way|so) (?:\w+ )?(?:we|i) (?:won't|will not)\b/,
    },
  ),
  cue(
    /\b(?:from now on|going forward|moving forward|final call|final decision|final answer|for the mvp|for v\d|for the first version|from here on)\b/,
    0.42,
  ),
  cue(
    /\b(?:instead of|rather than|over|and not) [\w.+-]+(?: [\w.+-]+){0,3}(?:,|\.|$| because| since| as| for| so)/,
    0.16,
  ),
  cue(
    /^(?:ok(?:ay)?|alright|so|right|then|yes|fine|cool|great)[, ]+(?:so |then )?(?:we|i)(?:'ll| will|'re going to| are going to)\b/,
    0.36,
    { unless: /\b(?:see|talk|start|move on|wait|come back|discuss)\b/ },
  ),
  cue(/\b(?:decided|decision|agreed|settled|committed to)\b/, 0.2, { unless: UNDECIDED }),
  cue(
    /\b(?:i|we)(?:'ll| will|'re going to| are going to|'m going to| am going to) (?:now |just |then |therefore |definitely |also |only |both |all |rather |instead )*(?!\b(?:not|never|probably|maybe|see|try|check|ask|look|think|let|know|need|get back|get to|report|have|be|want|wait|come|tell|show|paste|post|share|talk|read|update you|keep you|miss|die|lose|run out|fail|end up|still|ever|consider|find|explain|give (?:it|you|that)|test|investigate|say|admit|remember|regret|love|like|never|discuss|meet|figure|sleep|dig|study|learn|review|go (?:to (?:bed|sleep|work)|over|through|back|ahead|check|see|home)|do (?:it|that|so|more|some)|write (?:you|back)|you|it|that|this|also be)\b)[a-z]{3,}\b/,
    0.52,
    {
      unless:
        /\b(?:if|whether|until|unless|when|once|what|how|why|where|so that|afraid|worried|hope|think|guess|not sure|don't know|maybe|might) (?:\w+ ){0,2}(?:i|we)(?:'ll|'re| will| are|'m| am)\b/,
    },
  ),
  cue(
    /\b(?:i'm|we're|i am|we are) (?:now |just |only |also |then |definitely |therefore )*(?:taking|buying|ordering|cutting|leaving|removing|starting with|booking|hiring|signing|skipping|postponing|killing|scrapping|limiting|restricting|capping|merging|splitting|sticking|renaming|delaying|retiring|sunsetting|hosting|outsourcing|moving|banning|freezing|painting|installing|keeping|replacing|dropping|choosing|picking|going)\b(?! (?:a lot|lots|too|so many|rid|there|errors?|better|worse|old|tired|nowhere|crazy|mad|stuck|ready|confused|lost|to the|on (?:vacation|holiday)|an? error|out of|house|into|for (?:lunch|a walk)))/,
    0.52,
    {
      unless:
        /\b(?:if|whether|why|when|stop|keep) (?:i'm|we're)\b|\bi'm getting (?:an?|the|this|\d|some|many|timeouts?|warnings?)\b|\bgoing to\b/,
    },
  ),
  cue(/(?:^|, |: )(?:the |a )?(?:[\w\uFFFC-]+ ){1,5}it is(?: then| for now)?(?=[,.!]|$)/, 0.6, {
    unless:
      /\b(?:what|how|who|where|that|which|as|if|because|think|whatever|than|but|when|way|says|said|means|while|though|unless|whether|since) (?:[\w-]+ ){0,4}it is\b/,
  }),
  cue(
    /\bno (?:[\w-]+ ){1,3}(?:for now|then|at first|in the first version|in v\d|for the start|initially|this year|this time|until)\b/,
    0.58,
    {
      unless: /\bthere(?:'s| is| are| was)\b/,
    },
  ),
  cue(
    /\b(?:off the table|out of (?:the question|scope)|made up (?:my|our) minds?|my mind is made up|done deal|non-negotiable|is decided|are decided|is final|has been approved|got approved|signed off|gave the go|green light|set in stone)\b/,
    0.58,
    { unless: UNDECIDED },
  ),
  cue(
    /(?:^|: )(?:[\w-]+ ){1,6}first,? (?:and )?(?:then )?(?:the )?(?:[\w-]+ ){1,5}(?:later|after that|afterwards|next)\b/,
    0.52,
  ),
  cue(
    /\b(?:i|we) (?:really |definitely |also )?(?:do not|don't) want (?:an?|any|another|to (?:pay|depend|rely|maintain|use|have|add|deal|be locked))\b/,
    0.5,
  ),
  cue(
    /\bfrom (?:[a-z]+ )?(?:january|february|march|april|may|june|july|august|september|october|november|december|now|tomorrow|monday|next \w+|q[1-4]|version \S+) on(?:wards?)?\b|\b(?:starting|effective|as of) (?:in |from |next |this )?(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tomorrow|next|q[1-4]|version)\b/,
    0.5,
  ),
  cue(
    /\bnow (?:comes?|requires?|uses?|lives?|goes|runs?|gets?|has to|have to|needs?|must) (?:with |in |on |through |an? |the |to |be )/,
    0.5,
    { unless: /\b(?:why|how|error|bug|problem)\b/ },
  ),
  cue(
    /\b(?:i|we)(?:'ve| have)? (?:already |just |now |finally |eventually |therefore |then )*(?:bought|ordered|booked|signed|hired|cancell?ed|scrapped|cut|killed|banned|outsourced|capped|froze|renamed|merged|went for|settled)\b/,
    0.5,
    {
      unless:
        /\b(?:if|could|should|would|because|when|before|after|until) (?:\w+ )?(?:i|we)\b|\bcut (?:myself|my finger)\b/,
    },
  ),
  cue(
    /\b(?:wins|is the winner|gets my vote|(?:is|it's|that's) (?:my|our) (?:pick|choice|favou?rite)|(?:my|our) (?:pick|choice) is|has the edge|beats (?:the )?other)\b/,
    0.54,
  ),
  cue(
    /\b(?:i'd|i would|we'd|we would) rather (?:not )?(?!have known|know)\w+|\b(?:i|we) (?:clearly |strongly |definitely )?prefer\b|\b(?:i'm|we're) (?:happy|ok|okay|fine) with (?!that|it|this)/,
    0.46,
    { unless: /\?$/ },
  ),
  cue(
    /\b(?:stays?|remains?|stick|sticks) (?:as (?:is|it is|they are)|where (?:it|they)|the same|unchanged|optional|mandatory|manual|in place|out)\b/,
    0.48,
  ),
  cue(
    /\b(?:keep|keeps|get|gets) the old (?:price|version|one|api|system)\b|\b(?:is|are|gets|get|will be) (?:cut|dropped|gone|postponed|scrapped|removed|deferred|frozen|capped|limited) (?:for|from|until|to|in|at|now)\b/,
    0.5,
    { unless: /\b(?:problem|error|why|keeps|if|people|users) / },
  ),
  cue(
    /\b(?:with (?:my|the) (?:team|wife|husband|boss|manager|client|partner|group|advisor|supervisor)|in the team|as a team|at the meeting)\b/,
    0.12,
  ),
  cue(/\b(?:the|our|my) plan(?: now)? is to\b|\b(?:we|i) (?:have|has) a (?:date|deadline|plan|winner)\b/, 0.44),
  cue(/^(?:final answer|settled|agreed|approved|done)[:,.!]/, 0.56),
  cue(
    /\b(?:i|we)(?:'ll| will|'re| are|'m| am) (?:also |now |just |therefore |then |definitely |only |both |all |all now )+going to (?!be\b|have\b|see\b|try\b|need\b|die\b|check\b|look\b|lose\b|ask\b)[a-z]+/,
    0.54,
  ),
  cue(
    /\b(?:i|we)(?:'ve| have)? (?:now |just |already |therefore |finally )*(?:narrowed (?:it |this |that |the \w+ )?down|limited|restricted|shortened|reduced (?:it|the scope)|cut (?:it |the \w+ )?down|signed up|locked in|settled|set (?:the|a) (?:date|deadline|limit|budget)|gave up on|given up on|pulled the plug|said (?:yes|no)|turned (?:it |them |the \w+ )?down)\b/,
    0.52,
    { unless: /\b(?:if|could|should|would|when|before|haven't)\b/ },
  ),
  cue(
    /(?:^|, |for now,? |so |then |instead,? |therefore,? )(?:i|we) (?:leave|skip|postpone|keep|drop|cut|stick (?:to|with)|stay with|take|go with|start with|leave out|do without) (?!it to you\b|in mind\b|a look\b|getting\b|forgetting\b|\w+ing\b|care\b|hearing\b)[a-z]+/,
    0.52,
    {
      unless:
        /\b(?:usually|always|often|every|if|when|whenever|whether|should|can|could|would|sometimes|currently|normally|why|how)\b/,
    },
  ),
  cue(
    /\b(?:stays?|remains?) (?:open|closed|off|free|private|public|internal|optional|mandatory|the way|put|where)\b/,
    0.5,
    { unless: /\b(?:if|why|error|when|problem|stuck|always)\b/ },
  ),
  cue(
    /\bgoing forward\b|\b(?:everybody|everyone|every \w+|all \w+|each \w+|nobody) (?:now )?(?:has to|have to|must|will have to|needs to|gets|will) [a-z]+.{3,}/,
    0.4,
    { unless: /\b(?:why|how|if|wait|problem|because)\b/ },
  ),
  cue(
    /\b(?:let's|let us) (?:also |just |then |rather |instead |simply |now |first |therefore |all )*(?!see\b|look\b|talk\b|say\b|hope\b|assume\b|think\b|discuss\b|start\b|have\b|be\b|get\b|try\b|test\b|check\b|continue\b|wait\b|move on\b|hear\b|imagine\b|suppose\b|explore\b|brainstorm\b|find\b|dive\b|not\b|focus\b|go\b|practice\b|play\b|compare\b|consider\b|go through\b|make sure\b|do\b|make\b|keep\b|put\b|write\b|add\b|leave\b|take\b)[a-z]{3,}/,
    0.5,
  ),
  cue(
    /\b(?:i'm|we're|i am|we are) (?:now |just |only |also |then |definitely |therefore )*(?:rolling (?:it |this |that )?out|launching|shipping|releasing|scheduling|reserving|renting|selling|converting|consolidating|phasing out|reverting|rolling back|standardi[sz]ing|switching|bringing|enforcing|requiring|allowing|closing|opening)\b/,
    0.52,
    { unless: /\b(?:if|whether|why|when|before|after)\b/ },
  ),
];
