import type { IssueLog } from '../../conversation/issues.ts';
import { ArchiveError } from '../../errors.ts';
import type { ParsedAttachment, ParsedConversation } from '../../model.ts';
import { readPrefix } from '../../source.ts';
import { MAGIC_BYTES, mediaTypeOfBytes } from './media-magic.ts';

/** The attachments of one message with an id each of its own: a second `a` becomes `a~2`. */
export function distinctAttachments(attachments: readonly ParsedAttachment[]): ParsedAttachment[] {
  const taken = new Set(attachments.map(({ externalId }) => externalId));
  const seen = new Set<string>();
  return attachments.map((attachment) => {
    const { externalId } = attachment;
    if (!seen.has(externalId)) {
      seen.add(externalId);
      return attachment;
    }
    const id = freeId(externalId, taken);
    taken.add(id);
    return { ...attachment, externalId: id };
  });
}

/** Room for the number behind an id that has the full length already. */
const MAX_STEM = 500;

function freeId(id: string, taken: ReadonlySet<string>): string {
  const stem = id.length > MAX_STEM ? id.slice(0, MAX_STEM).toWellFormed() : id;
  for (let copy = 2; ; copy++) if (!taken.has(`${stem}~${copy}`)) return `${stem}~${copy}`;
}

/**
 * Fills in the media types that neither the export nor a name tells, from the first bytes of each such file. One whose
 * bytes cannot be read is an UNREADABLE_ATTACHMENT issue of the conversation and is only named from then on.
 */
export async function withMediaTypes(conversation: ParsedConversation): Promise<ParsedConversation> {
  const isUnknown = ({ mediaType, open }: ParsedAttachment) => mediaType === null && open !== null;
  if (!conversation.messages.some(({ attachments }) => attachments.some(isUnknown))) return conversation;
  const log: Pick<IssueLog, 'issues'> = { issues: [...conversation.issues] };
  const messages = [];
  for (const message of conversation.messages) {
    const attachments = [];
    for (const attachment of message.attachments) {
      const location = `${message.externalId}.attachments[${JSON.stringify(attachment.externalId)}]`;
      attachments.push(isUnknown(attachment) ? await sniffed(attachment, location, log) : attachment);
    }
    messages.push({ ...message, attachments });
  }
  return { ...conversation, messages, issues: log.issues };
}

async function sniffed(
  attachment: ParsedAttachment,
  location: string,
  { issues }: Pick<IssueLog, 'issues'>,
): Promise<ParsedAttachment> {
  if (attachment.open === null) return attachment;
  try {
    return { ...attachment, mediaType: mediaTypeOfBytes(await readPrefix(attachment.open(), MAGIC_BYTES)) };
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    issues.push({ code: 'UNREADABLE_ATTACHMENT', location, message: error.message.slice(0, 200) });
    return { ...attachment, open: null };
  }
}
