import { OPENER } from './openers.ts';

/** How people write in a hurry, and what they mean. */
const FULL_FORMS: ReadonlyMap<string, string> = new Map([
  ['gonna', 'going to'],
  ['wanna', 'want to'],
  ['gotta', 'have to'],
  ['dont', "don't"],
  ['doesnt', "doesn't"],
  ['didnt', "didn't"],
  ['cant', "can't"],
  ['couldnt', "couldn't"],
  ['wont', "won't"],
  ['wouldnt', "wouldn't"],
  ['shouldnt', "shouldn't"],
  ['isnt', "isn't"],
  ['arent', "aren't"],
  ['wasnt', "wasn't"],
  ['havent', "haven't"],
  ['hasnt', "hasn't"],
  ['im', "i'm"],
  ['ive', "i've"],
  ['youre', "you're"],
  ['thats', "that's"],
  ['theres', "there's"],
  ['idk', "i don't know"],
  ['dunno', "i don't know"],
  ['pls', 'please'],
  ['plz', 'please'],
  ['thx', 'thanks'],
  ['cuz', 'because'],
  ['bc', 'because'],
  ['tho', 'though'],
  ['prolly', 'probably'],
  ['probs', 'probably'],
  ['u', 'you'],
]);
const SHORT = new RegExp(`(?<![\\w'.-])(?:${[...FULL_FORMS.keys()].join('|')})(?![\\w'-])`, 'g');

/** A sentence that leaves out its "I" or "I'm", as notes do: "might also swap the card", "going with the larger one". */
const WITHOUT_SUBJECT = new RegExp(
  `^(${OPENER})(?=(?:will|might|may|was|had to|have to|need to|want to|ended up|tried|didn't|don't|haven't|hadn't|can't|couldn't|won't|still need|still have|never|would (?:like|love|prefer)|wish|wonder|decided|realized|realised|noticed|found|learned|learnt|figured|switched|upgraded|updated|moved|replaced|removed|added|installed|ordered|bought|rewrote|set|changed|implemented|applied|cleaned|did|went|got|agree|prefer|put|made|wrote|built|cut|split|raised|lowered|tested|checked|talked|asked|looked|measured|started|stopped|turned|called|used|excluded|included|enabled|disabled|increased|reduced|restarted|deleted|dropped|merged|refactored|rebuilt|reran|sanded|painted|sealed|glued|hoisted|cancelled|booked|signed|sent)\\b(?! (?:i|it|he|she|they|we|you|this|that|there|the \\w+ \\w+ing|your?)\\b.*\\?$))(?!(?:will|might|may|was|had|have|don't|didn't|can't|won't|couldn't|haven't) (?:i|it|he|she|they|we|you|this|that|there)\\b)`,
);
const PROGRESSIVE = new RegExp(
  `^(${OPENER})(?=(?:going (?:to|with|for)|thinking (?:about|of|that)|leaning towards?|planning (?:to|on)|considering|toying|wondering|hoping|trying to|looking (?:for|into)|working on|struggling|having (?:trouble|issues|problems|a hard)|getting (?!.*\\b(?:is|was|are|were)\\b))\\b)`,
);

/** Chat spellings written out, and the "I" or "I'm" that a hasty sentence leaves out put back. */
export function withFullForms(sentence: string): string {
  return sentence
    .replace(SHORT, (short) => FULL_FORMS.get(short) ?? short)
    .replace(WITHOUT_SUBJECT, '$1i ')
    .replace(PROGRESSIVE, "$1i'm ");
}
