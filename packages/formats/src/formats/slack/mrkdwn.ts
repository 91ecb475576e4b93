/** Names that the markup of a message refers to by id; null when the export does not know the id. */
export interface MentionedNames {
  user(id: string): string | null;
  channel(id: string): string | null;
}

const ENTITY = /<([^<>\n]*)>/g;
const WEB_PREFIX = /^(mailto:|tel:|https?:\/\/)/i;

/**
 * Slack's mrkdwn as a person reads it: `<@U1>` is `@Ann`, `<#C1|general>` is `#general`, `<https://x|label>` is
 * `label (https://x)`, `<!here>` is `@here`, and `&amp;`, `&lt;`, `&gt;` are the characters they stand for. Marks of
 * emphasis and emoji names stay as they are.
 */
export function readableMrkdwn(text: string, names: MentionedNames): string {
  if (!text.includes('<') && !text.includes('&')) return text;
  const pieces: string[] = [];
  let from = 0;
  for (const match of text.matchAll(ENTITY)) {
    pieces.push(unescapeText(text.slice(from, match.index)), readableEntity(match[1] ?? '', names));
    from = match.index + match[0].length;
  }
  pieces.push(unescapeText(text.slice(from)));
  return pieces.join('');
}

function readableEntity(entity: string, names: MentionedNames): string {
  const bar = entity.indexOf('|');
  const target = bar === -1 ? entity : entity.slice(0, bar);
  const label = bar === -1 ? '' : unescapeText(entity.slice(bar + 1));
  const id = target.slice(1);
  if (target.startsWith('@')) return `@${names.user(id) ?? (label || id)}`;
  if (target.startsWith('#')) return `#${label || (names.channel(id) ?? id)}`;
  if (target.startsWith('!')) return command(id, label);
  return target === '' ? unescapeText(`<${entity}>`) : link(unescapeText(target), label);
}

/** `<!here>`, `<!subteam^S1|@team>`, `<!date^1700000000^{date}|Nov 14>`. */
function command(id: string, label: string): string {
  if (label !== '') return label.startsWith('@') || id.startsWith('date^') ? label : `@${label}`;
  return `@${id.startsWith('subteam^') ? id.slice('subteam^'.length) : id}`;
}

/** A label that only repeats the address is left out. */
function link(address: string, label: string): string {
  const bare = address.replace(WEB_PREFIX, '');
  if (label === '' || label === address) return address;
  return label === bare || `${label}/` === bare ? label : `${label} (${address})`;
}

/** Slack escapes these three characters and no others. */
function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
