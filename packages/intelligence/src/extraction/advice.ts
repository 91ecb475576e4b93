import { OPENER } from '../text/openers.ts';
import type { Sentence } from '../text/sentences.ts';

/** What advice tells people to do; verbs of asking and explaining are left out. */
const ACT =
  '(?:add|adjust|agree|aim|align|allow|anchor|apply|assign|attach|automate|avoid|back up|bake|base|batch|begin|block|book|borrow|break|bring|build|bundle|buy|cache|calibrate|cap|carve|change|charge|choose|cite|clamp|clean|clear|close|collect|combine|commit|communicate|compile|compress|configure|connect|consider|consolidate|contact|convert|cook|cool|copy|count|cover|create|cut|debounce|declare|decouple|define|delay|delegate|delete|deploy|dig|disable|divide|do|document|double|downsample|drain|drill|drop|dry|duplicate|embed|enable|encrypt|enforce|establish|exclude|expand|expose|extract|feed|fill|filter|fine-tune|fix|flip|flush|focus|fold|follow|force|form|frame|freeze|gather|generate|give|glue|go|grind|ground|group|handle|hang|hash|heat|hide|highlight|hire|hoist|hold|hook|host|identify|implement|import|include|increase|index|inject|insert|install|insulate|interview|introduce|invalidate|invest|isolate|iterate|join|keep|kill|label|lay|lean|learn|leave|let|level|lift|limit|line|link|lint|load|lock|log|lower|maintain|make|manage|map|mark|mask|match|measure|merge|migrate|minimi[sz]e|mix|mock|monitor|mount|move|mulch|nail|negotiate|nest|normali[sz]e|note|offer|offload|open|opt|order|organi[sz]e|outsource|overlap|pack|paint|pair|park|parse|partition|pass|patch|pause|phase|pick|pilot|pin|place|plan|plant|plug|point|poll|position|postpone|practi[cs]e|praise|precompute|prefix|preload|prepare|prevent|prime|print|prioriti[sz]e|process|profile|proofread|protect|prototype|provide|prune|publish|push|put|quantize|queue|raise|rank|rebase|rebuild|recalibrate|recompile|record|redirect|reduce|refactor|refresh|register|reindex|reinstall|relabel|release|remove|rename|rent|reorder|repair|rephrase|replace|reposition|require|reserve|reset|resize|resolve|restart|restrict|restructure|rethink|retire|retrain|retry|return|reuse|reverse|revert|rework|rewrite|rinse|roll|rotate|route|run|sample|sand|save|scale|schedule|scrap|screw|script|seal|secure|select|sell|send|separate|serve|set|shard|shift|shorten|shrink|shut|sign|simplify|skip|slow|smooth|soak|solder|sort|sow|specify|speed|split|spread|stack|stagger|standardi[sz]e|start|state|step|stick|stir|stop|store|stratify|stream|strip|structure|subsample|summari[sz]e|supply|swap|switch|sync|tag|take|talk|target|teach|test|thin|throttle|tie|tighten|tilt|toggle|trace|track|train|transfer|translate|transplant|treat|trigger|trim|try|tune|turn|tweak|unify|unplug|update|upgrade|upsample|use|validate|vary|vent|version|wait|warm|warn|wash|water|wear|weigh|weld|widen|wipe|wire|wrap|write|zip)';
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
