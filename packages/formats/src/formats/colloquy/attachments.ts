import type { ArchiveView } from '../../archive/view.ts';
import type { IssueLog } from '../../conversation/issues.ts';
import { asObject, asText, type JsonObject } from '../../json/values.ts';
import type { ParsedAttachment } from '../../model.ts';
import { namedAttachment } from '../attachments/attachment.ts';
import { DocumentIndex } from '../attachments/document-index.ts';
import { distinctAttachments } from '../attachments/message-attachments.ts';

const ASSET = /(?:^|\/)assets\/([0-9a-f]{64})(?:\.[a-z0-9]+)?$/;

/** The files of messages, with the bytes that came beside the lines. */
export class Assets {
  readonly #documents: DocumentIndex;
  /** Lines alone hold no bytes, and nothing is wrong with that. */
  readonly #isComplete: boolean;

  constructor({ container, documents }: ArchiveView) {
    this.#documents = new DocumentIndex(documents, (path) => ASSET.exec(path)?.slice(1) ?? []);
    this.#isComplete = container === 'zip';
  }

  /** Reads the member `attachments` of a message. */
  attachmentsOf(value: unknown, location: string, log: IssueLog): ParsedAttachment[] {
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) {
      log.report('INVALID_CONTENT', location, 'Expected the attachments to be an array.');
      return [];
    }
    const attachments = value.map((entry, index) => {
      const place = `${location}[${index}]`;
      const member = asObject(entry);
      if (member !== null) return this.#attachmentOf(member, index, place, log);
      log.report('INVALID_CONTENT', place, 'Expected an attachment to be an object.');
      return null;
    });
    return distinctAttachments(attachments.filter((attachment) => attachment !== null));
  }

  #attachmentOf(member: JsonObject, index: number, location: string, log: IssueLog): ParsedAttachment {
    const { byteSize, position } = member;
    const attachment = namedAttachment(
      {
        externalId: asText(member.id) ?? `attachments[${index}]`,
        fileName: asText(member.name),
        mediaType: asText(member.mediaType),
        text: asText(member.text),
        byteSize,
        position,
      },
      { location, log },
    );
    const sha256 = asText(member.sha256);
    if (sha256 === null) return attachment;
    const document = this.#documents.withId(sha256);
    if (document !== null) return { ...attachment, byteSize: document.size, open: () => document.open() };
    if (this.#isComplete) {
      const what = `The ZIP has no asset ${JSON.stringify(sha256.slice(0, 64))}; the file is only named.`;
      log.report('UNREADABLE_ATTACHMENT', location, what);
    }
    return attachment;
  }
}
