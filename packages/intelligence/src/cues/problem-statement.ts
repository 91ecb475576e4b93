import { type Cue, cue } from './cue.ts';

const NO_PROBLEM =
  /\b(?:no|not an?|isn't an?|wasn't an?|without|any|fix(?:es|ed)?|solve[sd]?|solving|avoid(?:s|ed)?|resolve[sd]?|prevent(?:s|ed)?|handle[sd]?|the other) (?:\w+ ){0,2}(?:problems?|issues?|errors?|bugs?|trouble)\b/;
const HYPOTHETICAL =
  /\b(?:if|in case|unless|when|whenever|should) (?:it|they|the \w+|something|anything|that|this|one|a \w+|any \w+) (?:\w+ )?(?:fails?|crash(?:es)?|breaks?|hangs?|goes wrong|times? out)\b/;
const NEGATED_FAILURE =
  /\b(?:never|not|no longer|doesn't|don't|didn't|won't|without) (?:\w+ )?(?:fail|crash|break|hang|freeze|leak|time out|get stuck|failing|crashing|breaking)/;

/** What does not work, hurts or stands in the way. */
export const PROBLEM_STATEMENT: readonly Cue[] = [
  cue(
    /\bnever (?:reach|reaches|arrive|arrives|gets?|shows?|finish|finishes|comes?|loads?|returns?|ends?|updates?)\b/,
    0.54,
    {
      unless: /\b(?:i|you) never\b|\bif\b/,
    },
  ),
  cue(
    /\b(?:overflows?|falls? behind|fell behind|logged out|kicked out|(?:gets?|got|is|are) (?:rejected|truncated|disconnected|ignored|mixed up|cut off|swallowed)|stale|outdated|out of date)\b/,
    0.5,
    {
      unless: /\b(?:if|when|not|never|avoid|prevent)\b/,
    },
  ),
  cue(/\b(?:i'm|i am|we're|we are) (?:completely |totally |still |kind of )?stuck\b/, 0.6),
  cue(/\b(?:is|are) still (?:broken|missing|wrong|hard-coded|not|open|failing|unsolved)\b/, 0.5, {
    unless: /\bnot (?:sure|clear|decided)\b/,
  }),
  cue(
    /\b(?:the|our|my|a|one|another|main|biggest|real|only|core|big|first|second|next|current) (?:\w+ )?(?:problem|issue|trouble|bug|catch|difficulty|challenge|bottleneck|concern|pain point|obstacle|downside|drawback)s? (?:is|are|was|were|here|with|i|we|being|that|comes|remains|now)\b/,
    0.68,
    {
      unless:
        /\b(?:problem|issue|bug)s? (?:is|was|are|were) (?:now |finally )?(?:solved|fixed|gone|resolved)\b|\bany (?:problem|issue)s?\b/,
    },
  ),
  cue(
    /\b(?:there(?:'s| is| are| was| were)|we(?:'ve| have|)|i(?:'ve| have|)|they|you|still) ?(?:have|had|having|got|run into|ran into|running into|hit|hitting|facing|see|seeing|experiencing|encountered|encountering|noticed|noticing)? (?:an?|some|this|the|another|one|many|several|lots of|quite a few|serious|big|huge) (?:[\w-]+ ){0,2}(?:problem|issue|bug|error|trouble|difficult(?:y|ies)|regression|memory leak|leak|race|deadlock|bottleneck|exception|crash|outage|glitch)(?:es|s)?\b/,
    0.66,
    {
      unless: NO_PROBLEM,
    },
  ),
  cue(/\b(?:have|having|had) (?:trouble|problems|issues|difficulty|difficulties|a hard time)\b/, 0.66, {
    unless: NO_PROBLEM,
  }),
  cue(
    /\b(?:doesn't|does not|don't|do not|didn't|did not|isn't|is not|aren't|won't|wouldn't|not|stopped|stops|no longer|never) (?:actually |really |even |properly |correctly |seem to )?(?:work|working|load|loading|start|starting|compile|compiling|build|building|render|rendering|respond|responding|connect|connecting|show up|showing up|update|updating|run|running|scale|match|matching|save|saving|sync|syncing|fit)\b/,
    0.54,
    {
      unless:
        /\b(?:if|unless) (?:it|that|this|they) (?:doesn't|don't|won't|didn't)\b|\b(?:i|we|you) (?:don't|do not|won't|didn't) (?:\w+ )?(?:start|load|build|save|show|work|run)\b/,
    },
  ),
  cue(
    /\b(?:keeps?|kept) (?:on )?(?:failing|crashing|timing out|breaking|getting|throwing|dropping|freezing|returning|restarting|losing|hanging|growing|disconnecting|running out|giving|happening|showing|saying|retrying)\b/,
    0.72,
  ),
  cue(
    /\b(?:fails|failed|is failing|are failing|was failing|crashes|crashed|is crashing|breaks|broke|is broken|are broken|was broken|hangs|is hanging|freezes|froze|times out|timed out|is timing out|leaks|is leaking|gets stuck|is stuck|are stuck|got stuck|throws|threw|corrupts|got corrupted|blows up|blew up|goes down|went down|is down|runs out of|ran out of|out of memory|ooms|oomkilled)\b/,
    0.54,
    {
      unless: new RegExp(`${HYPOTHETICAL.source}|${NEGATED_FAILURE.source}`),
    },
  ),
  cue(
    /\b(?:is|are|was|were|it's|that's|gets?|getting|becomes?|became|feels?|seems?|looks?|being|be|runs?|running) (?:far |way |just |really |still |already |pretty |a bit |much |)?(?:too|painfully|extremely|terribly|unbearably|horribly|really|very|so|super|unusably|ridiculously) (?:slow|expensive|large|big|hard|difficult|confusing|heavy|complicated|complex|noisy|fragile|flaky|unreliable|long|unstable|brittle|inconsistent|cluttered|small|weak|inaccurate|risky|dangerous|loud|crowded|limited|vague|rigid|error[- ]prone|cumbersome|bulky)\b/,
    0.56,
    {
      unless: /\b(?:not|isn't|aren't|wasn't|n't be|won't be|if) (?:\w+ ){0,3}(?:too|very|so|really)\b/,
    },
  ),
  cue(
    /\b(?:i|we|they|users|people|customers|clients) (?:just |still |really )?(?:can't|cannot|can not|couldn't|could not|(?:am|are|'m|'re|was|were) (?:unable|not able) to)(?! (?:wait|believe|say|remember|think|tell|hear|complain|help|agree|imagine))\b/,
    0.5,
    {
      unless: /\b(?:so that|until|unless|if) (?:we|i|they|users|people) (?:can't|cannot|couldn't)\b/,
    },
  ),
  cue(
    /\b(?:i|we|users|customers|people) (?:'m |'re |am |are |keep |kept |just |often |sometimes |randomly |still )*(?:get|gets|getting|got|see|seeing|saw|receive|receiving|hit|hitting) (?:an?|this|the|lots of|some|random|weird|strange|wrong|many|these|a bunch of|constant|intermittent|duplicate|occasional)? ?(?:[\w-]+ ){0,3}(?:errors?|exceptions?|timeouts?|failures?|crash(?:es)?|duplicates?|warnings?|stack trace|4\d\d|5\d\ds?|wrong results?|garbage|conflicts?)\b/,
    0.66,
    {
      unless: NO_PROBLEM,
    },
  ),
  cue(/\b(?:struggl(?:e|es|ed|ing)|wrestling|fighting) (?:with|to|against)\b/, 0.62),
  cue(
    /\b(?:takes?|taking|took) (?:far |way |much |)?(?:too long|forever|ages|too much time|(?:about |around |over |more than |up to |almost |nearly )?(?:\d+|several|ten|twenty|thirty|forty) (?:s|seconds|sec|minutes|mins|hours))\b/,
    0.54,
  ),
  cue(
    /\b(?:goes|going|went|gone|is|are|was|were|something's|something is) (?:horribly |completely |totally )?wrong\b/,
    0.46,
    {
      unless:
        /\bif (?:\w+ ){1,3}(?:is|goes) wrong\b|\b(?:i|you|we) (?:was|am|are|were) wrong\b|nothing (?:is|was) wrong/,
    },
  ),
  cue(
    /\b(?:loses?|losing|lost|drops?|dropping|dropped|duplicat(?:es?|ed|ing)|overwrit(?:es?|ing)|misses|missing|corrupt(?:s|ed|ing)?) (?:all |some |the |our |my |their |many |a few |of )*(?:\w+ )?(?:data|messages?|events?|updates?|rows?|records?|connections?|packets?|changes|requests?|jobs?|files?|items?|settings|progress)\b/,
    0.58,
    {
      unless: /\b(?:without|never|not|no longer|avoid|prevent|if) (?:\w+ )?(?:los|drop|duplicat|miss|corrupt)/,
    },
  ),
  cue(
    /\b(?:error|exception|bug|regression|memory leak|race condition|deadlock|downtime|outage|data loss|segfault|vulnerability|flaky|bottleneck)\b/,
    0.3,
    {
      unless: NO_PROBLEM,
      question: false,
    },
  ),
  cue(
    /\b(?:happens|occurs|reproducible|reproduces|reproduce|only fails|fails only) (?:only |every time |each time |randomly |intermittently |about )?(?:when|on|after|if|with|in|once|whenever|twice|every)\b/,
    0.46,
  ),
  cue(
    /\bwhy (?:is|does|do|are|am|did|would|isn't|doesn't|can't|won't) (?:my|the|our|this|it|i|we) (?:\w+ ){0,5}(?:fail|crash|slow|not work|hang|freez|error|wrong|break|stuck|leak|keep|timeout|time out|so slow|doesn't|isn't)/,
    0.62,
    {
      question: true,
    },
  ),
  cue(
    /\b(?:nobody|no one|users? (?:don't|can't|cannot)|customers? (?:don't|can't|complain)|people (?:don't|can't|complain|get lost|get confused))\b/,
    0.4,
  ),
  cue(
    /\b(?:complain(?:s|ed|ing)?|frustrat(?:ed|ing)|annoying|nightmare|painful|confus(?:ed|ing) (?:to|for|by)|hard to (?:read|maintain|use|find|debug|understand|follow|see))\b/,
    0.42,
    {
      unless: /\b(?:not|isn't|can't|don't) (?:\w+ )?(?:complain|frustrat|annoy|pain|hard)/,
    },
  ),
  cue(
    /\b(?:lags?|lagging|stutters?|stuttering|flickers?|flickering|sluggish|unresponsive|overheats?|overheating|drains?|spams?|unusable|unreadable|out of sync|unbearable|wasteful)\b/,
    0.54,
    {
      unless: /\b(?:no|not|without|never|less|avoid|stops?) (?:\w+ )?(?:lag|stutter|flicker)/,
    },
  ),
  cue(
    /\b(?:i|we|they|users|customers) (?:\w+ )?(?:lose|loses|lost|waste|wasted|are losing|are wasting) (?:about |almost |nearly |up to )?(?:half|all|most|\d+|a lot|too much|hours|days|time|money|customers|orders|plants|track|\w+ of)\b/,
    0.58,
  ),
  cue(/\b(?:nobody|no one) (?:really )?(?:knows|understands|can tell|remembers)\b|\b(?:can't|cannot) afford\b/, 0.4),
  cue(/\b(?:badly|terribly|constantly|randomly|intermittently)\b/, 0.22),
  cue(/\b(?:unfortunately|sadly|annoyingly)\b/, 0.2),
  cue(/\bproblem|\bissue(?!d)|\btrouble|\bdifficult/, 0.24, { unless: NO_PROBLEM }),
  cue(
    /\b(?:went|gone|going|dropped|fell|fallen|sank|declined|slipped|down|crashed|sunk) from (?:about |around |roughly )?[\d$€£][\d.,]*\S* to\b/,
    0.56,
    { unless: /\b(?:minutes?|mins?|seconds?|ms|hours?|mb|gb|kg|costs?|errors?|down to)\b/ },
  ),
  cue(
    /\b(?:only|barely|hardly|just) (?:lasts?|gets?|lives?|survives?|reach(?:es)?|holds?|manages?|covers?|half)\b|\b(?:lasts?|gets?) (?:only|barely|hardly)\b/,
    0.5,
  ),
  cue(
    /\b(?:so|too) (?!far\b|much\b|good\b|that\b|many\b|long as\b|happy\b|cool\b|nice\b|i\b|we\b|it\b|the\b|you\b)[a-z]+ (?:that (?!makes)|for (?:us|me|the|our|my|a)|to (?!be true)|nobody|we|i|it|they|people)\b/,
    0.52,
    { unless: /\b(?:not|isn't|aren't|wasn't|never|'d|would|if) (?:\w+ ){0,2}(?:so|too)\b/ },
  ),
  cue(
    /\b(?:nobody|no one|none of (?:us|them|my|our|the)|hardly anyone|half (?:of )?the) (?:\w+ ){0,2}?(?:dares?|wants?|uses?|reads?|knows?|understands?|touches|responds?|answers?|opens?|shows? up|remembers?|cares?|maintains?|owns?|comes|turns|volunteers?|replies|has time|can)\b/,
    0.54,
    { unless: /\bcares? about price\b/ },
  ),
  cue(
    /\b(?:makes?|made|causes?|caused|lets?|brings?|forces?|leaves?) (?:the |our |my |all |us |me |everyone |everything |it |them )(?:[\w-]+ ){0,4}(?:fail|crash|hang|break|slow|slower|stop|wait|down|confused|late|unhappy|nervous|restart|unusable|sick|worse)\b/,
    0.56,
  ),
  cue(
    /\b(?:looks?|feels?|seems?|sounds?|smells?|reads?|is|are|gets?|getting|'s|was|were|became|becomes?|tastes?) (?:a bit |a little |kind of |so |really |very |totally |completely |just |pretty |still |always |somewhat |way |all )?(?:off|odd|weird|strange|fishy|suspicious|inconsistent|clunky|messy|flat|dull|boring|unprofessional|broken|ugly|blurry|crooked|uneven|damp|wet|mouldy|moldy|rotten|rusty|loose|wobbly|bent|cracked|blocked|clogged|unreadable|unmanageable|unusable|unreliable|unclear|unstable|useless|hopeless|outdated|incomplete|wrong|bad|terrible|awful|horrible|worse|noisy|loud|cold|hot|dark|overloaded|overwhelmed|exhausted|lost|confused|angry|frustrated|unhappy|stressed|behind|late|overdue|over budget|too \w+|hard|tough|tedious|error-prone|unfair|misleading|redundant|repetitive|rambling|vague|dry|stiff)\b/,
    0.48,
    {
      unless:
        /\b(?:not|isn't|aren't|wasn't|never|no longer|n't|if|unless|when|would|could|might|maybe|feels off somehow|too late|as bad as|how) (?:\w+ ){0,3}(?:off|odd|weird|bad|wrong|hard|late|hot|cold|too|hopeless|cracked|confused|lost|dry)\b/,
    },
  ),
  cue(
    /\b(?:cracked|cracks|leak(?:s|ing|ed)?|sags?|sagging|creep(?:s|ing)? up|drift(?:s|ing|ed)?|dies|died|dying|killed|oomkilled|stalls?|stalled|jams?|jammed|burn(?:s|t|ed) out|swamped|drown(?:s|ing)?|bloated|ruin(?:s|ed|ing)?|suffers?|suffering|clash(?:es|ing)?|conflicts? with|contradicts?|overlaps?|collides?|rattles?|rattling|squeaks?|squeaking|peel(?:s|ing)|flak(?:es|ing)|wilt(?:s|ing)|yellowing|smells|stinks|mou?ld|throttl(?:es|ing|ed)|stutters|overheat\w*|exploded|explodes|balloon(?:s|ed)|creaks?|itches|swollen|flood(?:s|ed|ing)?|plummet\w*|tank(?:s|ed|ing)|backfir(?:es|ed|ing)|deteriorat\w+|degrad(?:es|ed|ing)|hurts|procrastinat\w+|burned|complains|overruns?|stuck)\b/,
    0.48,
    {
      unless:
        /\b(?:no|not|never|without|avoid|prevents?|stops?|stopped|fix(?:ed|es)?|if|unless|against|no longer|doesn't|don't|isn't|less|anymore|any|the old|used to|would|could|might) (?:\w+ ){0,3}(?:crack|leak|sag|drift|die|kill|stall|jam|clash|conflict|overlap|smell|mou?ld|throttl|stuck|overheat|flood|burn|hurt|rattl|squeak)|\bno \w+ at all\b/,
    },
  ),
  cue(
    /\b(?:it|this|that|they|the (?:[\w-]+ ){1,3}|our (?:[\w-]+ ){1,2}|my (?:[\w-]+ ){1,2}|nothing|everything|some of them|most of them|half of them|customers|users|people|students|teachers|guests|readers) ?(?:still |just |simply |really |often |actually |somehow )?(?:doesn't|don't|isn't|aren't|won't|can't|cannot|didn't|couldn't|hasn't|haven't|wasn't|weren't)\b/,
    0.4,
    {
      unless:
        /\b(?:matter|mind|care|have to|need to|hurt anyone|need|sure|if|unless|the question|decided|know whether|know if|because|so that|explains|that's why|yet to|necessary|anymore|who|to be)\b|\b(?:it|that|this|which) (?:isn't|doesn't|won't) (?:a|an|the|be|need|have|cost)\b/,
    },
  ),
  cue(
    /\b(?:i|we) (?:still |just |really |simply )?(?:don't|do not|can't|cannot) (?:even |really |actually |currently |get |have )*(?:the |enough |any |much )?(?:money|time|budget|resources|space|capacity|room|staff|manpower|people|access|control|overview|idea (?:how|why|where|what))\b/,
    0.54,
  ),
  cue(
    /\b(?:costs?|costing|cost) (?:me|us|them) (?:\w+ ){0,2}(?:day|hours?|hour|days|weeks?|money|a lot|a fortune|time|customers|sleep|\d+)\b/,
    0.52,
  ),
  cue(
    /\b(?:headaches?|mess|chaos|nightmare|pita|pain in the|dealbreaker|show-?stopper|roadblock|disaster|catastrophe|mystery|struggle|worry|worried|afraid|scared|anxious|dread)\b/,
    0.46,
    {
      unless:
        /\b(?:not|no|never|less|avoid|without|n't) (?:\w+ ){0,2}(?:headache|mess|worr|afraid|problem)|\bdon't worry\b/,
    },
  ),
  cue(/\b(?:every|each) (?:time|night|morning|winter|spring|summer|week|other day|few|second|third|\d+)\b/, 0.16),
  cue(
    /\b(?:since|after) (?:the|our|my|last|this|we|i|an?) (?:[\w.]+ ){0,3}?(?:update|updated|upgrade|upgraded|release|migration|moved|switch|switched|deploy|deployment|rewrite|refactoring|change|changed|move|ios|windows)\b/,
    0.22,
  ),
  cue(
    /\bthere(?:'s| is| has to be| must be|'s got to be) (?:an? |some )?(?:\w+ )?(?:leak|bug|mistake|error|gap|hole|mismatch|conflict|crack|draft|smell|noise)\b/,
    0.56,
    {
      unless: NO_PROBLEM,
    },
  ),
  cue(
    /\b(?:ended|ending|end|wound|stuck) up (?:with|in|as|having|doing|losing|spending|paying|rewriting|waiting)\b/,
    0.34,
    { unless: /\b(?:happy|better|nice|great|working)\b/ },
  ),
  cue(/\b(?:way|far|much|still) too (?:\w+)\b|\btoo (?:many|few|little|much) (?!to ask|information)\w+/, 0.5, {
    unless: /\b(?:not|isn't|n't|if|without|avoid) (?:\w+ ){0,3}too\b/,
  }),
  cue(
    /\b(?:pile[sd]? up|piling up|gets? lost|got lost|slips? through|falls? apart|fell apart|goes? unnoticed|gets? in the way|out of control|getting out of hand|a waste of|(?:running|runs|ran) (?:out|late|over|low)|falls? short|fell through|no longer (?:works?|fits?|supported|available)|out of stock|behind schedule|over budget|double[- ]booked)\b/,
    0.52,
    { unless: /\b(?:if|not|never|avoid|prevent|before)\b/ },
  ),
  cue(/\b(?:mistakenly|accidentally|by accident|wrongly|incorrectly|twice instead)\b/, 0.4),
  cue(/\bonly (?:has|have|had|offers?|accepts?|allows?|fits?|runs? for|one of)\b/, 0.46, {
    unless: /\bif\b|\bthe only\b/,
  }),
  cue(
    /\b(?:slower|worse|heavier|louder|weaker|buggier|uglier|more (?:expensive|complicated|confusing|error-prone|work|fragile)|less (?:accurate|reliable|stable|readable)|lower|harder) than (?:the|before|it|our|my|we|expected|last|with|any|a|on|in)\b/,
    0.5,
    { unless: /\b(?:not|isn't|no|n't|if|would|could|might) (?:\w+ ){0,3}than\b/ },
  ),
  cue(
    /\b(?:has|have|had|with|there's|there is|there are) (?:absolutely |really |literally |basically )?no (?!idea|problem|issue|choice|doubt|objection|question|need|plan|longer|fewer|hurry|rush|regrets?|clue|difference)(?:\w+ )?\w+/,
    0.46,
    {
      unless: /\bi have no\b|\bif\b|\bso (?:there|it) (?:is|has) no\b/,
    },
  ),
  cue(
    /\b(?:[a-z]{3,}s|everyone|people|half (?:of )?the \w+|most (?:of )?the \w+) (?:never|rarely|seldom|hardly ever) [a-z]+|\b(?:there(?:'s| is| are)|it's|they're|is|are) (?:always|constantly|forever|again) [a-z]+/,
    0.46,
    {
      unless: /\b(?:it's|is|are) always (?:good|nice|better|worth|possible|fun|great|been|the same)\b|\bif\b/,
    },
  ),
  cue(
    /\b(?:drags? (?:on|out)|dragging (?:on|out)|puddles?|came (?:in|back|up|off|loose) again|gets? worse|getting worse|wears? out|goes? missing|went missing|lagged behind|lost track|doubled|tripled|rejects?|bounces?|lopsided|ignored?|ignores|forgets?|forgot|mixed up|gets? in|annoys|bugs me|bothers me|drives me (?:crazy|nuts|mad)|at a loss|no progress|going nowhere|goes nowhere|wrong \w+s?)\b/,
    0.48,
    {
      unless:
        /\b(?:not|never|if|avoid|without|no longer|when|silent disco|before|nothing) (?:\w+ ){0,2}(?:worse|wrong|missing|forg|double|ignor)/,
    },
  ),
  cue(/\b(?:hardly|barely|scarcely) (?!ever\b|any (?:effort|work|time)\b)[a-z]+/, 0.46, {
    unless: /\bif\b|\bcan hardly wait\b/,
  }),
  cue(
    /\b(?:comes? out|came out|ends up|gets|is|are|was|were|feels?|looks?|sounds?|tastes?|seems?|runs?|became|becomes?|got|grew|grows|being) (?:a bit |a little |way |far |much |still |just |really |slightly )?too [a-z]+/,
    0.54,
    {
      unless:
        /\b(?:not|isn't|aren't|never|n't|if|unless|would|could|might|worried) (?:\w+ ){0,3}too\b|\btoo (?:much to ask|good)\b/,
    },
  ),
  cue(
    /\b(?:twice|three times|ten times|five times|half) as (?:long|slow|much|many|expensive|big|often|loud|fast|good|high)\b/,
    0.46,
    { unless: /\b(?:would|could|if|only half as long)\b/ },
  ),
  cue(
    /\b(?:(?:\w+s|some|many|half|most|two|three|a few|they|people) (?:of (?:the |our |my )?(?:[\w-]+ )+)?(?:still |often |sometimes |randomly |also |just |always |suddenly |keep )*(?:fail|crash|hang|freeze|disappear|vanish|wobble|shake|flicker|stall|disconnect|time out|get lost|go missing|fall off|come loose|drop out|give up|quit|cancel|leave early|abandon|complain))\b/,
    0.52,
    {
      unless:
        /\b(?:if|when|whenever|in case|should|would|could|might|may|can|must|to|let|not|never|don't|won't|that way) (?:[\w-]+ ){0,4}(?:fail|crash|hang|freeze|leave|quit|give up|cancel|complain|disappear)\b/,
    },
  ),
  cue(
    /\b(?:hours?|minutes?|days?|weeks?|months?|seconds?|way|far|too|very|so|always|often|arrives?|comes?|running|is|are|was|were) (?:too )?late\b|\bdelay(?:s|ed)?\b/,
    0.46,
    { unless: /\b(?:not|if|better late|sooner or|later)\b/ },
  ),
  cue(
    /\blike (?:crazy|mad|hell)\b|\b(?:cuts?|drops?|goes|went|blacks?) (?:out|dark|silent|offline)\b|\b(?:shuts? (?:off|down)|turns? (?:itself )?off|reboots|restarts itself|disconnects|wobbl\w+|vibrat\w+|buzz(?:es|ing)|hum(?:s|ming)|drips?|dripping|clog(?:s|ged)|smears?|bleeds?|blinks? randomly|shakes|fades|echo(?:es)?|audible|shrinks|shrunk|snapp?(?:s|ed)|slips|bubbles|cracking|tears|frays?|jerks?|skips|scratch(?:es|ed)|stains?|stained|spills?|trips?)\b/,
    0.46,
    {
      unless:
        /\b(?:should|must|would|if|when it|not|no|never|without|avoid|prevent) (?:\w+ ){0,2}(?:shut|turn|vibrat|blink|skip|cut|drop|echo|fade)/,
    },
  ),
  cue(
    /\b(?:was|were|is|are|got|been|has been|have been) (?:\w+ly )?(?:destroyed|stolen|damaged|deleted|cancelled|canceled|expired|corrupted|flooded|hacked|rejected|denied|refused|blocked|banned|discontinued|missing|misplaced|overwritten|duplicated|ignored|interrupted|torn|broken into)\b/,
    0.48,
    { unless: /\b(?:if|not|never|when|should|can|until|would|could|we)\b/ },
  ),
  cue(
    /\b(?:doesn't|didn't|don't|does not) add up\b|\bmakes? (?:me|us|everyone|people) (?:nervous|angry|sad|crazy|anxious|sick|furious|tired|doubt)\b|\beats? (?:up )?(?:my|our|all|the|up|half)\b|\b(?:burns?|burned|burnt|burning) (?:me |us )?out\b/,
    0.54,
  ),
  cue(/\bcomplain(?:s|ed|ing)?\b/, 0.2, { unless: /\b(?:not|n't|no one|nobody|can't|stopped) (?:\w+ )?complain/ }),
  cue(
    /\bmis(?:read|predict|classif|align|fir|understand|interpret|match|spell|label|count|calculat|judg|behav|handl|detect)[a-z]*\b|\brefus(?:es|ed|ing)\b|\b(?:hurts?|aches?|sore|itchy)\b|\bforever\b|\bthe same [\w-]+ twice\b|\b(?:now and then|every now and then|once in a while) (?:an?|the|it|some|one)\b/,
    0.5,
    {
      unless:
        /\b(?:not|never|no longer|if|would|could|should|might|i|we) (?:\w+ ){0,2}(?:mis|refus|hurt|forever)|\btakes? forever to (?:learn|explain)\b/,
    },
  ),
  cue(
    /\b(?:unsubscribe|bounce|churn|error|failure|drop-?out|return|complaint|latency|cost|costs|noise|load|bill|price|weight|temperature|usage|rate|queue)s? (?:\w+ )?(?:went up|goes up|rose|increased|climbed|jumped|shot up|skyrocketed|is up|are up|explod\w+|doubled|tripled)\b/,
    0.52,
  ),
];
