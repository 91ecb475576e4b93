import { asObject, asText, type JsonObject, objectsIn } from '../../json/values.ts';

/** The words of Block Kit blocks, in mrkdwn; empty when there are none. Depth is bounded by the limit of records. */
export function textOfBlocks(blocks: unknown): string {
  return objectsIn(blocks)
    .map(textOfBlock)
    .filter((text) => text !== '')
    .join('\n');
}

function textOfBlock(block: JsonObject): string {
  if (block.type === 'rich_text') return textOfRichText(block);
  const own = asText(asObject(block.text)?.text) ?? asText(block.text) ?? asText(block.alt_text) ?? '';
  const inner = [...objectsIn(block.fields), ...objectsIn(block.elements)].map(textOfBlock);
  return [own, ...inner].filter((text) => text !== '').join('\n');
}

/** Sections, lists, quotes and code of rich text: a line each, their elements side by side. */
function textOfRichText(container: JsonObject): string {
  const parts = objectsIn(container.elements);
  const hasLines = parts.some(({ type }) => asText(type)?.startsWith('rich_text_') === true);
  return parts
    .map((part) => (Array.isArray(part.elements) ? textOfRichText(part) : textOfElement(part)))
    .join(hasLines ? '\n' : '');
}

function textOfElement(element: JsonObject): string {
  const value = (name: string) => asText(element[name]) ?? '';
  switch (element.type) {
    case 'user':
      return `<@${value('user_id')}>`;
    case 'channel':
      return `<#${value('channel_id')}>`;
    case 'usergroup':
      return `<!subteam^${value('usergroup_id')}>`;
    case 'broadcast':
      return `<!${value('range')}>`;
    case 'emoji':
      return `:${value('name')}:`;
    case 'link':
      return value('text') === '' ? `<${value('url')}>` : `<${value('url')}|${escapeText(value('text'))}>`;
    case 'date':
      return escapeText(value('fallback'));
    default:
      return escapeText(value('text'));
  }
}

/** Rich text is not escaped, mrkdwn is. */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
