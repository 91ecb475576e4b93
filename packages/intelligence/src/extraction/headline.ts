import { stripListMarker } from '../text/masks.ts';

const TITLE_LENGTH = 140;
const SUMMARY_LENGTH = 320;
const LEAD_IN =
  /^(?:(?:so|ok|okay|well|yeah|yes|yep|hi|hey|hello|hmm|um|uh|oh|ah|and|but|also|right|alright|anyway|actually|basically|now|then|thanks|thank you|great|cool|honestly|look|sure|perfect|i mean|you know|i think|i guess|i believe|i feel like|it seems|for me|as i said)(?: (?=that |we |i |it |the )|\s*[,.!:;–—-]+\s*|\s+(?=(?:so|ok|okay|well|yeah|um|uh|i think|i guess|we|i|let's|the|it)\b)))+/i;
const MARKS = /\{[a-z]+\}|\*\*|__|~~|^#+\s/g;
const FILLER = /(?:^|(?<=[\s,]))(?:um+|uh+|uhm|er|erm|hmm+|mm+)\b[ ,]*/gi;
const STAMMER = /\b([\p{L}']+)(?: ,? ?\1\b)+/giu;

/** One readable line: no marks of transcription or markup, spaces as print has them. */
function clean(text: string): string {
  return text
    .split('\n')
    .map((line) => stripListMarker(line).trim())
    .join(' ')
    .replace(MARKS, ' ')
    .replace(/\s+/g, ' ')
    .replace(FILLER, '')
    .replace(/ +(?=[’'](?:m|re|ve|ll|d|s|t)\b)/gi, '')
    .replace(/ +(?=n't\b)/g, '')
    .replace(STAMMER, '$1')
    .replace(/\s+/g, ' ')
    .replace(/ +(?=[,.;:!?])/g, '')
    .replace(/(?:, ?)+,/g, ',')
    .trim();
}

/** Cuts at the end of a word (and of a clause, when one ends late enough), with an ellipsis. */
function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, limit - 1);
  const clause = Math.max(
    head.lastIndexOf('; '),
    head.lastIndexOf(', '),
    head.lastIndexOf(' – '),
    head.lastIndexOf('. '),
  );
  const word = head.lastIndexOf(' ');
  const cut = clause > limit * 0.6 ? clause : word > limit * 0.4 ? word : limit - 1;
  return `${head
    .slice(0, cut)
    .toWellFormed()
    .replace(/[\s,;:.–—-]+$|\uFFFD$/g, '')}…`;
}

function capitalise(text: string): string {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0x20);
  const word = /^\S+/.exec(text)?.[0] ?? '';
  const isName = /[A-Z0-9_.`/]/.test(word.slice(1).replace(/[.,:;!?]+$/, ''));
  return isName ? text : first.toUpperCase() + text.slice(first.length);
}

/** A title from the sentence that states the item: no lead-in, first letter upper case, no final full stop. */
export function titleOf(sentence: string): string {
  const line = clean(sentence);
  const stripped = line.replace(LEAD_IN, '').replace(/^[\s,.;:!–—-]+/, '');
  const body = stripped.split(' ').length >= 3 ? stripped : line;
  return capitalise(shorten(body.replace(/[\s.,;:–—-]+$/, '') || sentence.trim(), TITLE_LENGTH));
}

/** What an item says beyond its title, shortened; null when the title says it all. */
export function summaryOf(content: string, title: string): string | null {
  const line = clean(content);
  return line.length <= title.length + 40 ? null : capitalise(shorten(line, SUMMARY_LENGTH));
}
