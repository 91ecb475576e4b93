import { OPENER } from '../text/openers.ts';
import { type Cue, cue } from './cue.ts';

/** What somebody found out, or understood differently from before. */
export const LEARNING_MOMENT: readonly Cue[] = [
  cue(/\b(?:i|we) (?:had )?always (?:assumed|thought|believed)\b/, 0.56),
  cue(/^(?:ok(?:ay)?[,.! ]+)?(?:i )?found (?:it|the (?:cause|reason|culprit|bug|problem))(?:[:,!.]| - )/, 0.62),
  cue(
    /\b(?:i|we)(?:'ve| have|'d| had|)? (?:\w+ly |just |also |already |now |recently )*(?:learned|learnt|realized|realised|discovered|found out|figured out|come to (?:realize|understand)|came to (?:realize|understand))\b/,
    0.7,
    {
      unless:
        /\b(?:haven't|hasn't|hadn't|never|not|n't|if|until|want|need) (?:\w+ )?(?:learned|learnt|realized|realised|discovered|found out|figured out)\b/,
    },
  ),
  cue(
    /\b(?:i|we) (?:didn't|did not|never|hadn't) (?:even |really )?(?:know|knew|known|realize|realise|realized|realised|notice|noticed|expect|expected)(?: (?:that|how|why|about|you|it|there|the|this|we|i|until))\b/,
    0.6,
    {
      unless: /\bdidn't know (?:if|whether|what to|how to)\b/,
    },
  ),
  cue(/\b(?:it )?(?:turns|turned) out\b/, 0.66, {
    unless: /\b(?:how|what|however|whatever) (?:\w+ )?(?:turns|turned) out\b|\bif (?:it )?turns\b/,
  }),
  cue(/\btil\b|\btoday i learn(?:ed|t)\b|\blessons? learn(?:ed|t)\b|\blesson (?:is|was|here)\b/, 0.78),
  cue(
    /^(?:oh|ah|aha|ohh+|ahh+|wow|huh)[,!. ]+(?:ok(?:ay)?[,. ]+)?(?:so|i see|that(?:'s| is| makes| explains)|now|interesting|i (?:didn't|get|understand))\b/,
    0.54,
  ),
  cue(
    /\b(?:now|finally) (?:i|we) (?:\w+ )?(?:understand|get (?:it|why|how|that)|see (?:why|how|that|what)|know (?:why|how|that|what))\b|\bi (?:now|finally) (?:understand|get|see|know)\b/,
    0.66,
  ),
  cue(
    /\b(?:that|this|which)(?:'s| is| was| would be) (?:probably |exactly |actually |precisely )?(?:why|because)\b/,
    0.4,
  ),
  cue(/\b(?:that|this|which|it) (?:\w+ )?(?:explains|explained) (?:why|how|the|it|that|a lot|everything)\b/, 0.62, {
    unless: /\bnot explain|doesn't explain/,
  }),
  cue(
    /\b(?:that|it|this|everything) (?:now |finally |actually )?(?:makes|made) (?:so much |more |a lot of |perfect |total )?sense now\b|\bmakes sense now\b/,
    0.58,
  ),
  cue(/\b(?:good|nice|useful|interesting|helpful) to know (?:that|about|how|there|the|it)\b/, 0.56),
  cue(
    /\b(?:key|main|big|important|biggest|real|interesting|my|the|one|an?) (?:\w+ )?(?:insight|takeaway|take-away|lesson|gotcha|finding|learning|revelation|surprise|realization|realisation)s? (?:is|was|are|were|here|from|for me|:)/,
    0.72,
  ),
  cue(
    /\bi (?:was|had been|'ve been|have been) (?:wrong|mistaken|under the (?:wrong )?impression|assuming|misreading|misunderstanding|misusing|confusing)\b/,
    0.56,
  ),
  cue(
    /\b(?:i|we) (?:used to think|always thought|originally thought|had thought|had assumed|thought|assumed|expected)\b.{5,}\b(?:but|actually|instead|in fact|however|turns out)\b/,
    0.58,
  ),
  cue(
    /\b(?:root cause|real cause|actual cause|culprit|underlying (?:cause|reason|problem)) (?:is|was|turned|seems|appears|were)\b/,
    0.62,
  ),
  cue(
    /\b(?:profiling|profiler|benchmarks?|tests?|measurements?|experiments?|logs?|results?|analysis|data|traces?|survey|report|study|evaluation|numbers) (?:clearly |also |actually |has |have )?(?:show(?:s|ed|n)?|reveal(?:s|ed)?|indicat(?:es?|ed)|suggest(?:s|ed)?|prov(?:es?|ed)|confirm(?:s|ed)?)\b/,
    0.56,
  ),
  cue(
    /\b(?:i|we) (?:\w+ly |just |also |actually |have |'ve )*(?:found|noticed|observed|saw|seen|measured|verified|confirmed) (?:that|out|it|how|there)\b/,
    0.54,
    {
      unless: /\b(?:haven't|hasn't|not|never|n't) (?:\w+ )?(?:found|noticed|seen|saw)\b/,
    },
  ),
  cue(/\b(?:surprising(?:ly)?|to my surprise|interesting(?:ly)?(?: enough)?|counter-?intuitive(?:ly)?)\b/, 0.32),
  cue(/\b(?:mistake|misconception|wrong assumption) (?:is|was|we|i)\b/, 0.46),
  cue(/\b(?:the reason (?:is|was|for|why|it|that)|it (?:was|is|'s) (?:all )?because|because of that)\b/, 0.26),
  cue(
    /\b(?:after (?:some |a bit of |more |much |further )?(?:digging|debugging|investigat\w+|research|testing|looking into|profiling|experimenting|reading))\b/,
    0.46,
  ),
  cue(/\b(?:actually|in fact|apparently)\b/, 0.1),
  cue(
    new RegExp(
      `^${OPENER}(?:bingo|aha|a+h+|o+h+|wow|huh|interesting|i see|got it|mystery solved|found it|eureka|gotcha|makes sense|damn|whoa|wait)[,.!:; -]+(?!.*\\?$)(?:so |that |the |it |they |there |this |now |[\\w\\uFFFC'-]+ ){2}`,
    ),
    0.5,
    {
      unless:
        /\b(?:can|could|would|will) you\b|\b(?:i'll|we'll|let's|please|thanks|i want|we want|i need|sounds good|will do|we could)\b/,
    },
  ),
  cue(
    /^(?:ah+,? |oh,? |interesting,? |ok(?:ay)?,? |hm+,? |wait,? |right,? |huh,? |got it,? |i see,? )*so (?:basically |actually |apparently |in fact |really )?(?!(?:i|we) (?:want|need|have to|would|will|should|could|can|am|are|think|was|decided|did|went|tried|had|guess)|i'm|we'll|i'll|we should|what|how|why|far|is|are|do|does|can|should|let's|maybe|which|where|that (?:we|i|it)|please|please|you want|long|much|many|yeah|the (?:plan|question|idea|problem|issue))(?:[\w\uFFFC'-]+ ){3}/,
    0.48,
    {
      unless:
        /\?$|^.{150}|\b(?:i'll|we'll|i think|we think|i guess|i thought|i suppose|let's|i decided|we decided|would|should|could|going to|supposed to|can't (?:find|figure)|you can|you have to|this is (?:the|a|an|my|our))\b/,
    },
  ),
  cue(
    /\b(?:it|this|that|there) (?:seems|appears|looks like)\b|\b(?:seems|appears|looks) (?:like (?:the|it|they|we|there|our|my|most|all|a)|that|to be|to (?:come|happen|depend|stem))\b|\b(?:apparently|evidently|as it turns out)\b/,
    0.46,
    {
      unless:
        /\bseems? (?:like|to be) (?:a |an )?(?:good|fine|nice|great|reasonable|perfect|ok|okay|right|sensible|solid|best)|\bseems (?:good|fine|reasonable|right)|\?$|\bif it (?:seems|looks)\b/,
    },
  ),
  cue(
    /\bwhat (?:really |actually )?(?:strikes|struck|surprised|surprises|amazed|amazes|shocked|(?:i|we) (?:noticed|found|underestimated|overlooked|learned|learnt|missed|hadn't)|nobody (?:told|tells)|helped me|stands out|stood out|i took away)\b/,
    0.66,
  ),
  cue(
    /\b(?:i|we|(?:one )?thing (?:i|we)) (?:totally |completely |really |badly |clearly |just )?(?:underestimated|overestimated|misjudged|overlooked|misread|misunderstood|had no idea|mixed up|confused)\b/,
    0.6,
    { unless: /\bno idea (?:what to|how to|whether)\b/ },
  ),
  cue(
    /\b(?:i|we)(?:'d| had|'ve| have)? never (?:heard|thought|considered|realized|realised|noticed|seen|looked|known|knew) |\b(?:i|we|nobody)(?:'d| had)? (?:not |never |n't )?(?:told (?:me|us)|see that coming|seen that coming|expected that)\b|\b(?:didn't|did not) see (?:that|it|this) coming\b|\bnews to me\b|\beye[- ]opener\b|\bwho knew\b|\bnever would have\b/,
    0.52,
  ),
  cue(
    /\b(?:snapshots?|profiles?|charts?|plots?|diffs?|interviews?|metrics|dashboards?|debugger|plumber|electrician|doctor|expert|docs|documentation|manual|paper|interviewees|users|customers|respondents|feedback|figures|stats|statistics|a quick test|a test|comparison|audit|review) (?:all |clearly |actually |also )?(?:shows?|showed|says?|said|tells|told|reveals?|revealed|suggests?|suggested|confirms?|confirmed|states?|stated|proves?|proved|preferred|react(?:ed)?|found)\b/,
    0.48,
    { unless: /\b(?:error|wrong|should|could|if|when) / },
  ),
  cue(
    /\b(?:i|we)(?:'ve| have)? (?:just |also |then |now |recently |finally )*(?:noticed|realised|realized|spotted|discovered|understood|figured out|worked out|learned|learnt)(?:[,:]| that| the| how| why| it| my| our| there| i| we)/,
    0.56,
    {
      unless:
        /\b(?:haven't|hasn't|hadn't|never|not|n't|if|until) (?:\w+ )?(?:noticed|realised|realized|discovered|understood|figured|worked|learned)\b/,
    },
  ),
  cue(
    /\b(?:silently|secretly|under the hood|behind the scenes|in reality|in practice|internally|in disguise|without telling)\b/,
    0.4,
  ),
  cue(
    /\b(?:interestingly|surprisingly|strangely|funnily|weirdly|funny enough|strange thing|funny thing|oddly|unexpectedly|to my surprise|weird thing)\b|^(?:interesting|funny|fascinating|strange|crazy)[,:.!] /,
    0.36,
  ),
  cue(
    /\b(?:that|this|which) (?:explains|is the reason|was the reason|must be why|is exactly why|is why|was why)\b/,
    0.5,
  ),
  cue(
    /\b(?:the|its|real|actual|only) (?:cause|reason|culprit|explanation|mistake|difference|secret|trick|catch) (?:is|was|being|turned out|lies|seems)(?: that| the| to| in|:)?\b/,
    0.5,
  ),
  cue(
    /\b(?:none|most|nearly all|almost all|hardly any|half|two thirds|the majority|only \d+|only (?:two|three|four|five)) of (?:them|the|our|my|those|these)\b|\b(?:it's|is|are) (?:really |actually )?all about\b|\bhardly ever\b|\bhas nothing to do with\b|\bnothing to do with\b/,
    0.36,
  ),
  cue(
    /\b(?:makes?|made) (?:a |an )?(?:big|huge|massive|enormous|real|all the|surprisingly) difference\b|\bmatters? (?:far |much |way |a lot )?more\b|\b(?:far|way|much) (?:\w+er|more \w+|less \w+) than (?:i|we|expected|the|any)\b/,
    0.46,
  ),
  cue(
    /\b(?:the data|numbers?|results?|accuracy|the experiment|a\/b test|test) (?:is|are|were|was|came) (?:actually |now |back )?(?:better|worse|higher|lower|identical|the same|back)\b/,
    0.42,
  ),
  cue(/\b(?:i|we) (?:now )?(?:know|understand|get) (?:now |better )?(?:that|why|how|where|what)\b/, 0.48, {
    unless: /\b(?:don't|not|never|n't|want to|need to|if|to) (?:\w+ )?(?:know|understand|get)\b/,
  }),
  cue(/\bso (?:that's|this is|that is|it's|it was) (?:why|how|what|where|because|the|all|actually)\b/, 0.54, {
    unless: /\?$/,
  }),
  cue(/, (?:wow|huh|interesting|funny|crazy|who knew|good to know|damn)[.!]*$/, 0.42),
  cue(
    /^(?:oh|ah|damn|argh|oops|ouch|ugh|wow)[ ,!]+(?:no[,!. ]+)?(?:so )?(?:i|we|it|the|that|they|my|our) (?!see\b|like\b|love\b|will\b|would\b|want\b|need\b|'ll\b)/,
    0.52,
    {
      unless: /\?$|\b(?:idea|suggestion|helps|thanks|sounds)\b/,
    },
  ),
  cue(
    /[,;] so (?:the|it|that|they|our|there|most|all|these|my|in fact|apparently)(?:'s|'re)? (?:[\w-]+ ){0,3}(?:is|are|was|were|don't|doesn't|didn't|aren't|isn't|never|only|must be|must have|have been|has been)\b/,
    0.46,
    {
      unless: /\?$|\bso that\b|\b(?:i'll|we'll|let's|we decided|please)\b/,
    },
  ),
  cue(
    /\bonly (?:works?|worked|helps?|helped|happens?|happened|matters?|applies|counts?|makes sense|pays off) (?:when|if|because|for|on|in|with|after|as long as)\b/,
    0.54,
  ),
  cue(
    /^(?:[a-z]+, )?(?:i |we |just )?(?:have )?(?:checked|looked (?:at|into)|measured|counted|asked|tested|compared|went through|dug (?:through|into)|talked to|called|spoke (?:to|with)|analy[sz]ed|plotted|profiled|timed|weighed)\b[^?]{3,60}(?::|,|;| -|–| and) (?!i\b|we\b|it works|but\b|thanks)[\w\uFFFC]+ .{8,}/,
    0.5,
    {
      unless: /\b(?:still|error|problem|fail\w*|can't|doesn't)\b/,
    },
  ),
  cue(
    /\b(?:it's|it is|how|quite|pretty|really) (?:striking|interesting|fascinating|amazing|remarkable|telling|surprising|astonishing|crazy|revealing|shocking|weird) (?:how|that|to see|what)\b|\b(?:amazing|crazy|striking|interesting) how\b/,
    0.62,
  ),
  cue(
    /[,;] so .{3,50} (?:makes?|made) (?:no|more|perfect|little) sense\b|\b(?:the hard way|in hindsight|looking back|with hindsight|now it clicks|it clicked|clicked for me|dawned on)\b/,
    0.58,
  ),
  cue(
    /\b(?:while|when|after|by) (?:reading|digging|looking|going|writing|testing|debugging|working|comparing|talking|cleaning|measuring|doing|checking|migrating|porting|building)\b.{3,60},? (?:i|we) (?:saw|found|noticed|realised|realized|discovered|understood|learned|learnt|figured)\b/,
    0.6,
  ),
  cue(
    /\b(?:surprised|surprises|struck|amazed|shocked|stunned|puzzled) (?:me|us|everyone)\b|\bto (?:my|our) (?:surprise|astonishment)\b/,
    0.56,
    { unless: /\b(?:wouldn't|would not|hasn't|not) (?:\w+ )?(?:surprise|shock)/ },
  ),
];
