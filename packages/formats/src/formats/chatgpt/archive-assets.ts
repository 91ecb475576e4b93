import type { ArchiveView } from '../../archive/view.ts';
import { IssueLog } from '../../conversation/issues.ts';
import { asObject, asText, type JsonObject, objectsIn } from '../../json/values.ts';
import type { ParsedAttachment, ParsedConversation, ParsedMessage, ParseIssue } from '../../model.ts';
import { entryAttachment, namedAttachment } from '../attachments/attachment.ts';
import { DocumentIndex } from '../attachments/document-index.ts';
import { withMediaTypes } from '../attachments/message-attachments.ts';
import type { FormatReader } from '../reader.ts';
import { fileIds, nameInside } from './asset-names.ts';
import { readSideJson } from './side-json.ts';

const NAMES = /(^|\/)conversation_asset_file_names\.json$/i;
const LIBRARY = /(^|\/)library_files\.json$/i;

interface Assets {
  index: DocumentIndex;
  /** What a file of the archive was called where it came from. */
  nameOf: ReadonlyMap<string, string>;
  /** Files that the library says a message made. */
  madeBy: ReadonlyMap<string, readonly JsonObject[]>;
}

/** Gives the attachments of each conversation their bytes, where the ZIP has a file with their id, and their names. */
export function withAssets(reader: FormatReader): FormatReader {
  return {
    ...reader,
    async *read(archive, recognition, context) {
      const issues: ParseIssue[] = [];
      const assets = await findAssets(archive, issues);
      for (const issue of issues) yield { kind: 'issue', issue };
      for await (const record of reader.read(archive, recognition, context)) {
        if (record.kind === 'issue') yield record;
        else yield { kind: 'conversation', conversation: await withBytes(record.conversation, assets) };
      }
    },
  };
}

async function findAssets(archive: ArchiveView, issues: ParseIssue[]): Promise<Assets> {
  const names = (await readSideJson(archive, NAMES, issues)).flatMap((root) => Object.entries(asObject(root) ?? {}));
  const library = (await readSideJson(archive, LIBRARY, issues)).flatMap(objectsIn);
  const made = library.filter((file) => asText(file.origination_message_id) !== null && asText(file.file_id) !== null);
  const nameOf = new Map<string, string>();
  for (const [file, name] of names) if (asText(name) !== null) nameOf.set(baseName(file), `${name}`);
  return {
    index: new DocumentIndex(archive.container === 'zip' ? archive.documents : [], fileIds),
    nameOf,
    madeBy: Map.groupBy(made, (file) => `${file.origination_message_id}`),
  };
}

async function withBytes(conversation: ParsedConversation, assets: Assets): Promise<ParsedConversation> {
  const { messages } = conversation;
  const has = ({ attachments, externalId }: ParsedMessage) => attachments.length > 0 || assets.madeBy.has(externalId);
  if (!messages.some(has)) return conversation;
  const log = new IssueLog();
  const completed = messages.map((message) => (has(message) ? complete(message, assets, log) : message));
  return withMediaTypes({ ...conversation, messages: completed, issues: [...conversation.issues, ...log.issues] });
}

function complete(message: ParsedMessage, assets: Assets, log: IssueLog): ParsedMessage {
  const known = new Set(message.attachments.map(({ externalId }) => externalId));
  const made = (assets.madeBy.get(message.externalId) ?? []).filter(({ file_id }) => !known.has(`${file_id}`));
  const location = `${message.externalId}.attachments`;
  const added = new Map(
    made.map((file) => {
      const externalId = `${file.file_id}`;
      const facts = { externalId, title: asText(file.file_name), mediaType: asText(file.mime_type) };
      return [externalId, namedAttachment(facts, { location, log })];
    }),
  );
  const attachments = [...message.attachments, ...added.values()].map((each) =>
    withDocument(each, assets, location, log),
  );
  return { ...message, attachments };
}

function withDocument(attachment: ParsedAttachment, assets: Assets, location: string, log: IssueLog): ParsedAttachment {
  if (attachment.open !== null) return attachment;
  const document = assets.index.withId(attachment.externalId);
  if (document === null) return attachment;
  const title = attachment.fileName ?? assets.nameOf.get(baseName(document.name)) ?? nameInside(document.name);
  const { fileName, mediaType, byteSize, open } = entryAttachment(
    document,
    { externalId: attachment.externalId, title, mediaType: attachment.mediaType },
    { location, log },
  );
  return { ...attachment, fileName, mediaType, byteSize, open };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
