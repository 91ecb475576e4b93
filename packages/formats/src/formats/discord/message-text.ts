import { asObject, asText, type JsonObject, objectsIn } from '../../json/values.ts';

const USER = /<@!?(\d+)>/g;
const EMOJI = /<a?:(\w+):\d+>/g;

/**
 * The words of a message: its content, or that of the message it forwards, and what a bot put into embeds. Embeds of
 * people are previews of links, which nobody said; they count only when there is nothing else.
 */
export function textOf(message: JsonObject): string {
  const forwarded = asObject(message.forwardedMessage);
  const own = asText(message.content) ?? asText(forwarded?.content) ?? '';
  const isBot = asObject(message.author)?.isBot === true;
  const embeds = own === '' || isBot ? [...objectsIn(message.embeds), ...objectsIn(forwarded?.embeds)] : [];
  return readable(joined([own, ...embeds.map(textOfEmbed)], '\n\n'), message);
}

/** Exports made without formatting name people and emoji by their ids. */
function readable(text: string, message: JsonObject): string {
  if (!text.includes('<')) return text;
  const names = new Map(
    objectsIn(message.mentions).map((user) => [user.id, asText(user.nickname) ?? asText(user.name)]),
  );
  return text
    .replace(USER, (mention, id: string) => {
      const name = names.get(id) ?? null;
      return name === null ? mention : `@${name}`;
    })
    .replace(EMOJI, ':$1:');
}

function textOfEmbed(embed: JsonObject): string {
  const fields = objectsIn(embed.fields).map(({ name, value }) =>
    joined([asText(name) ?? '', asText(value) ?? ''], ': '),
  );
  return joined([asText(embed.title) ?? '', asText(embed.description) ?? '', ...fields], '\n');
}

function joined(pieces: readonly string[], separator: string): string {
  return pieces.filter((piece) => piece !== '').join(separator);
}
