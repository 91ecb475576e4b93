const OPENING = '<grok:render';
const CLOSING = '</grok:render>';

/**
 * A text without the cards that Grok writes among its words in the place of a citation; what they refer to is in the
 * raw JSON. A card that does not end stays. One pass, linear in the length.
 */
export function withoutCards(message: string): string {
  let text = '';
  let from = 0;
  for (let at = message.indexOf(OPENING); at !== -1; at = message.indexOf(OPENING, from)) {
    const end = message.indexOf(CLOSING, at);
    if (end === -1) break;
    text += message.slice(from, at);
    from = end + CLOSING.length;
  }
  return text + message.slice(from);
}
