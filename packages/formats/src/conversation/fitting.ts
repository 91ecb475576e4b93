import type { ParsedMessage } from '../model.ts';
import type { IssueLog } from './issues.ts';

/** Characters that are kept of a vendor's word for a kind of content, and of a model's name: no real one has as many. */
const MAX_CONTENT_TYPE = 100;
const MAX_MODEL = 255;

/** The message with names of bounded length; a VALUE_SHORTENED issue says which were longer. `raw` has them whole. */
export function fitMessage(message: ParsedMessage, location: string, log: IssueLog): ParsedMessage {
  const { contentType, model } = message;
  if (contentType.length <= MAX_CONTENT_TYPE && (model === null || model.length <= MAX_MODEL)) return message;
  const at = `${location}[${JSON.stringify(message.externalId)}]`;
  return {
    ...message,
    contentType: shortened(contentType, MAX_CONTENT_TYPE, `${at}.contentType`, log),
    model: model === null ? null : shortened(model, MAX_MODEL, `${at}.model`, log),
  };
}

function shortened(text: string, most: number, location: string, log: IssueLog): string {
  if (text.length <= most) return text;
  log.report('VALUE_SHORTENED', location, `The value of ${text.length} characters was cut to ${most}.`);
  return text.slice(0, most).toWellFormed();
}
