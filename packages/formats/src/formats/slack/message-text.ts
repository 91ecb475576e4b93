import { asObject, asText, type JsonObject, objectsIn } from '../../json/values.ts';
import { textOfBlocks } from './blocks.ts';

/**
 * The words of a message, still in mrkdwn: its text, or its blocks when it has none, and what apps attach to it.
 * Previews of links are left out, since nobody said them, unless there is nothing else to show.
 */
export function mrkdwnOf(message: JsonObject): string {
  const own = asText(message.text) ?? textOfBlocks(message.blocks);
  const attachments = objectsIn(message.attachments).filter((attachment) => own === '' || !isPreview(attachment));
  return joined([own, ...attachments.map(textOfAttachment)], '\n\n');
}

/** Slack puts the address a preview was made of into `from_url`; a message that was shared on has it too, but was sent. */
function isPreview(attachment: JsonObject): boolean {
  return asText(attachment.from_url) !== null && attachment.is_share !== true;
}

function textOfAttachment(attachment: JsonObject): string {
  const fields = objectsIn(attachment.fields).map(({ title, value }) =>
    joined([asText(title) ?? '', asText(value) ?? ''], ': '),
  );
  const { pretext, title, text } = attachment;
  const words = joined([asText(pretext) ?? '', asText(title) ?? '', asText(text) ?? '', ...fields], '\n');
  return words || textOfBlocks(attachment.blocks) || sharedText(attachment) || (asText(attachment.fallback) ?? '');
}

function sharedText(attachment: JsonObject): string {
  const blocks = objectsIn(attachment.message_blocks).map(({ message }) => textOfBlocks(asObject(message)?.blocks));
  return joined(blocks, '\n');
}

function joined(pieces: readonly string[], separator: string): string {
  return pieces.filter((piece) => piece !== '').join(separator);
}
