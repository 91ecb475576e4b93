import type { ArchiveView } from '../../archive/view.ts';
import type { IssueLog } from '../../conversation/issues.ts';
import { asArray, asText, type JsonObject } from '../../json/values.ts';
import type { ParsedAttachment } from '../../model.ts';
import { namedAttachment } from '../attachments/attachment.ts';
import { DocumentIndex } from '../attachments/document-index.ts';
import { distinctAttachments } from '../attachments/message-attachments.ts';
import { nameIn } from '../content-parts/file-part.ts';

const ASSET = /(?:^|\/)prod-mc-asset-server\/([^/]+)\/[^/]+$/;

/** The files of an export's asset server, by their ids: each is the only one in a folder of that name. */
export function indexAssets({ documents }: Pick<ArchiveView, 'documents'>): DocumentIndex {
  return new DocumentIndex(documents, (path) => ASSET.exec(path)?.slice(1) ?? []);
}

/** The files that were sent with a response, which the export names by their ids alone, and the pictures that were made. */
export function attachmentsOf(
  response: JsonObject,
  assets: DocumentIndex,
  location: string,
  log: IssueLog,
): ParsedAttachment[] {
  const sent = textsOf(response.file_attachments).map((id, index): ParsedAttachment => {
    const attachment = namedAttachment({ externalId: id }, { location: `${location}.file_attachments[${index}]`, log });
    const document = assets.withId(id);
    if (document === null) return attachment;
    return { ...attachment, byteSize: document.size, open: () => document.open() };
  });
  const made = textsOf(response.generated_image_urls).map((url, index) => {
    const place = `generated_image_urls[${index}]`;
    return namedAttachment({ externalId: place, fileName: nameIn(url) }, { location: `${location}.${place}`, log });
  });
  return distinctAttachments([...sent, ...made]);
}

function textsOf(value: unknown): string[] {
  return asArray(value)
    .map(asText)
    .filter((text) => text !== null);
}
