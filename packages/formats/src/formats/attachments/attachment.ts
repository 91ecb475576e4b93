import type { ArchiveDocument } from '../../archive/document.ts';
import type { IssueLog } from '../../conversation/issues.ts';
import { storableId, storableText } from '../../conversation/storable.ts';
import type { ParsedAttachment } from '../../model.ts';
import { decodeInline } from './inline.ts';
import { mediaTypeOfExport, mediaTypeOfName } from './media-type.ts';

/** What an export says of a file, as it says it. */
export interface AttachmentFacts {
  /** The vendor's id of the file, or its place among the message's files, such as `files[0]`. */
  externalId: string;
  /** A name, or a path of which the last part is the name. */
  fileName?: string | null;
  /** A name that is no path, in the place of `fileName`. */
  title?: string | null;
  /** A media type, or an extension; without it the name decides. */
  mediaType?: string | null;
  /** In bytes. */
  byteSize?: unknown;
  /** In the message's text, in UTF-16 code units. */
  position?: unknown;
  /** What the product read out of the file. */
  text?: string | null;
}

/** Where the file is named in the export, for issues. */
export interface AttachmentPlace {
  location: string;
  log: IssueLog;
}

const MAX_POSITION = 2 ** 31 - 1;

/** A file that the export only names. */
export function namedAttachment(facts: AttachmentFacts, { location, log }: AttachmentPlace): ParsedAttachment {
  const { externalId, fileName = null, title = null, mediaType = null, byteSize, position, text = null } = facts;
  const name = title ?? (fileName === null ? null : fileName.slice(fileName.lastIndexOf('/') + 1));
  return {
    externalId: storableId(externalId, location, log),
    fileName: name === null || name === '' ? null : storableText(name, location, log),
    mediaType:
      (mediaType === null ? null : mediaTypeOfExport(mediaType)) ?? (name === null ? null : mediaTypeOfName(name)),
    byteSize: countOrNull(byteSize, Number.MAX_SAFE_INTEGER),
    position: countOrNull(position, MAX_POSITION),
    text: text === null || text === '' ? null : storableText(text, location, log),
    open: null,
  };
}

/** A file whose bytes are a document of the archive; its name is that of the document where the export gives none. */
export function entryAttachment(
  document: ArchiveDocument,
  facts: AttachmentFacts,
  place: AttachmentPlace,
): ParsedAttachment {
  const attachment = namedAttachment({ ...facts, fileName: facts.fileName ?? document.name }, place);
  return {
    ...attachment,
    mediaType: attachment.mediaType ?? mediaTypeOfName(document.name),
    byteSize: document.size,
    open: () => document.open(),
  };
}

/**
 * A file whose bytes stand in the export's JSON, as Base64 or as a data URL. Ones that cannot be decoded are an
 * UNREADABLE_ATTACHMENT issue, and the file is only named.
 */
export function inlineAttachment(encoded: string, facts: AttachmentFacts, place: AttachmentPlace): ParsedAttachment {
  const inline = decodeInline(encoded);
  if (inline === null) {
    place.log.report('UNREADABLE_ATTACHMENT', place.location, 'The bytes of the file are no valid Base64.');
    return namedAttachment(facts, place);
  }
  const { mediaType, byteSize, open } = inline;
  return { ...namedAttachment({ ...facts, mediaType: facts.mediaType ?? mediaType, byteSize }, place), open };
}

/** A document that stands in the export as a text: the text is searchable, and its UTF-8 bytes are the file. */
export function textAttachment(text: string, facts: AttachmentFacts, place: AttachmentPlace): ParsedAttachment {
  const attachment = namedAttachment({ ...facts, text }, place);
  return {
    ...attachment,
    byteSize: Buffer.byteLength(text),
    async *open() {
      yield Buffer.from(text);
    },
  };
}

function countOrNull(value: unknown, most: number): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most ? value : null;
}
