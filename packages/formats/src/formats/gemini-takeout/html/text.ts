import { decodeEntities } from './entities.ts';
import { TextWriter } from './text-writer.ts';
import { htmlTokens } from './tokens.ts';

/**
 * HTML as text to read, in the Markdown that other platforms export: headings, lists, code, quotes, links and tables
 * keep their marks, emphasis does not. White space is collapsed except within `pre`.
 */
export function htmlToText(html: string): string {
  const writer = new TextWriter(html);
  for (const token of htmlTokens(html)) {
    if (token.kind === 'text') writer.text(decodeEntities(html.slice(token.start, token.end)));
    else if (token.kind === 'open') writer.open(token);
    else writer.close(token.name);
  }
  return writer.finish();
}

/** The text of HTML without any mark, its white space as it is written. */
export function plainText(html: string): string {
  let text = '';
  for (const token of htmlTokens(html)) {
    if (token.kind === 'text') text += decodeEntities(html.slice(token.start, token.end));
  }
  return text;
}
