import { withFullForms } from './chat-spelling.ts';
import { CODE_MARK, maskInline, stripListMarker } from './masks.ts';

/** Words of others, long enough to state something of their own. */
const QUOTATION = /"[^"]{20,}"/g;
const TRANSCRIPT_MARK = /\{[a-z]+\}|\[[a-z ]{3,20}\]|<[a-z]{2,12}>/g;
const FILLER = /\b(?:um+|uh+|uhm|er|erm|hmm+|mm+|mm-hmm|uh-huh|you know|i mean|sort of|kind of|kinda)\b[ ,]*/g;
const STAMMER = /\b([a-z']+)(?: ,? ?\1\b)+/g;

/**
 * The form that cues are matched against: lower case, straight apostrophes, code and addresses masked, transcription
 * marks, fillers and stammers gone, chat spellings written out. Its offsets mean nothing.
 */
export function normaliseForCues(sentence: string): string {
  const spoken = maskInline(stripListMarker(sentence))
    .toLowerCase()
    .replace(/[\u2018\u2019\u02BC]/g, "'")
    .replace(/[\u201C\u201D]/g, '"')
    .replace(QUOTATION, CODE_MARK)
    .replace(TRANSCRIPT_MARK, ' ')
    .replace(/ +'(?=(?:m|re|ve|ll|d|s|t|cause)\b)/g, "'")
    .replace(/ +n't\b/g, "n't")
    .replace(FILLER, ' ')
    .replace(/\s+/g, ' ')
    .replace(STAMMER, '$1')
    .replace(/ ([,.;:!?])/g, '$1')
    .replace(/^[\s,.;:–—-]+|\s+$/g, '');
  return withFullForms(spoken);
}
