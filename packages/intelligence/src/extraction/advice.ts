import { OPENER } from '../text/openers.ts';
import type { Sentence } from '../text/sentences.ts';

/** What advice tells people to do; verbs of asking and explaining are left out. */
const ACT =
  '(?:add|adjust|align|allow|anchor|apply|assign|attach|automate|avoid|back up|bake|batch|block|book|break|build|buy|cache|calibrate|cap|carve|change|choose|cite|clean|clear|collect|combine|compress|configure|connect|convert|copy|create|cut|debounce|declare|decouple|define|delay|delegate|delete|deploy|disable|divide|document|drain|drop|dry|enable|encrypt|enforce|expose|extract|feed|filter|fix|focus|follow|force|freeze|gather|generate|give|glue|go|group|hash|hide|hire|host|include|increase|index|inject|install|insulate|interview|introduce|invalidate|isolate|join|keep|label|lay|leave|let|limit|lock|log|lower|make|map|mark|measure|merge|migrate|mix|mount|move|normali[sz]e|offer|open|order|organi[sz]e|paint|partition|pass|pause|pick|pin|place|plan|plant|plug|poll|precompute|preload|prepare|print|prune|publish|push|put|raise|recalibrate|record|reduce|refactor|reindex|reinstall|remove|rename|replace|require|reset|resize|restart|restrict|retrain|retry|return|reuse|rewrite|roll|rotate|route|run|sample|sand|save|scale|schedule|seal|send|separate|serve|set|shard|shift|shorten|sign|simplify|skip|soak|sort|split|spread|start|state|stick|stop|store|stream|structure|subsample|swap|switch|tag|take|test|throttle|tie|tighten|track|train|treat|trim|try|tune|turn|update|upgrade|use|validate|vary|version|wait|warm|wash|water|weigh|wrap|write|consider)';
/** Before the imperative: a condition, a purpose, the name of an option. */
const FRAME =
  '(?:(?:for|to|in|with|if|when|once|before|after|since|because|as) [^,:]{3,90}[,:] (?:then )?|(?:alternatively|instead|otherwise|first|second|third|next|finally|then|additionally|personally|in that case)[, ]+|(?:option|variant|plan|step|approach) [a-e\\d][).:]? ?|[a-e][).:] |[\\w\\uFFFC -]{3,40}: )?';
const IMPERATIVE = new RegExp(
  `^${OPENER}${FRAME}(?:just |simply |then |also |always |please )?${ACT}\\b(?! (?:is|are|was|were|of|me|us know|in mind)\\b)`,
);
const MODAL = new RegExp(
  `\\b(?:you(?:'d| could| can| should| may| might)|i(?:'d| would)|we (?:could|can|should)|one (?:could|can)) (?:also |then |now |just |simply |either |always |probably |first |instead |want to |try to |rather |start by |consider |try |even )*(?:${ACT}|\\w+ing)\\b`,
);
const VALUED =
  /\b(?:would|could|should|usually|often|will|might) (?:also |probably |really )?(?:help|helps|fix|solve|work|works|be (?:more|better|safer|cleaner|easier|simpler|cheaper|enough|worth|the (?:usual|best|safest|simplest|cleanest)))\b|\b(?:is|are) (?:the|a) (?:usual|common|classic|standard|good|safe|simple|clean|typical|best|solid) (?:answer|way|approach|fix|solution|choice|option|pattern|remedy|trick)\b|\b(?:helps|keeps|solves|prevents|avoids|reduces|removes) \w+/;

/** Whether a sentence tells somebody what to do: most advice carries no other cue. */
export function isAdvice({ norm }: Sentence): boolean {
  return !norm.endsWith('?') && (IMPERATIVE.test(norm) || MODAL.test(norm));
}

/** Whether a sentence says that something would help. */
export function isValued({ norm }: Sentence): boolean {
  return !norm.endsWith('?') && VALUED.test(norm);
}
