/** A block that Open WebUI writes among the words of an answer. */
export interface DetailsBlock {
  kind: 'reasoning' | 'tool_calls' | 'code_interpreter';
  /** `id` and `name` of a call, when the block has them. */
  attributes: Record<string, string>;
  /** What stands in the block, without its summary and the marks of a quotation. */
  text: string;
}

const OPENING = '<details';
const CLOSING = '</details>';
const KIND = /\btype="(reasoning|tool_calls|code_interpreter)"/;
const ATTRIBUTE = /\b(id|name)="([^"]{0,512})"/g;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&gt;', '>'],
  ['&lt;', '<'],
  ['&quot;', '"'],
  ['&#x27;', "'"],
  ['&#39;', "'"],
  ['&amp;', '&'],
]);

/**
 * Takes the blocks of reasoning and of tools out of the text of an answer. Other `<details>` are the model's own words
 * and stay, as does a block that does not end. One pass, linear in the length.
 */
export function cutDetails(content: string): { text: string; blocks: DetailsBlock[] } {
  const blocks: DetailsBlock[] = [];
  let text = '';
  let from = 0;
  for (let at = content.indexOf(OPENING); at !== -1; at = content.indexOf(OPENING, at)) {
    const inner = content.indexOf('>', at) + 1;
    const end = inner === 0 ? -1 : content.indexOf(CLOSING, inner);
    if (end === -1) break;
    const tag = content.slice(at, inner);
    const kind = KIND.exec(tag)?.[1] as DetailsBlock['kind'] | undefined;
    if (kind === undefined) {
      at = inner;
      continue;
    }
    text += content.slice(from, at);
    blocks.push({ kind, attributes: attributesOf(tag), text: blockText(content.slice(inner, end)) });
    from = end + CLOSING.length;
    at = from;
  }
  if (blocks.length === 0) return { text: content, blocks };
  return { text: (text + content.slice(from)).trim(), blocks };
}

function attributesOf(tag: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name, value] of tag.matchAll(ATTRIBUTE)) {
    if (name !== undefined && value !== undefined && !(name in attributes)) attributes[name] = decoded(value);
  }
  return attributes;
}

function blockText(inner: string): string {
  const summaryEnd = inner.indexOf('</summary>');
  const body = summaryEnd === -1 ? inner : inner.slice(summaryEnd + '</summary>'.length);
  const lines = decoded(body)
    .split('\n')
    .map((line) => line.replace(/^> ?/, ''));
  return lines.join('\n').trim();
}

function decoded(html: string): string {
  return html.replace(/&(?:gt|lt|quot|#x27|#39|amp);/g, (entity) => ENTITIES.get(entity) ?? entity);
}
