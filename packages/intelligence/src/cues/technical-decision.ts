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
        /\b(?:could have|should have|would have|if) (?:\w+ )?(?:chose|picked|selected|switched|moved|dropped|went)|\bdropped (?:out|by|in|off)\b/,
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
];
