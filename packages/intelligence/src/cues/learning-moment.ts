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
];
