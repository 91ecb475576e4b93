import type { ArchiveDocument } from '../../../archive/document.ts';
import type { ArchiveView } from '../../../archive/view.ts';
import { IssueLog } from '../../../conversation/issues.ts';
import { storableText } from '../../../conversation/storable.ts';
import { ArchiveError } from '../../../errors.ts';
import type { ParsedAttachment, ParsedConversation, ParsedMessage } from '../../../model.ts';
import { readPrefix } from '../../../source.ts';
import { entryAttachment } from '../../attachments/attachment.ts';
import type { FormatReader } from '../../reader.ts';
import { artifacts } from './artifact.ts';

const FOLDER = /^(.*\/)?artifacts\/[^/]+\//i;
/** Bytes of one file, and of all files of one artifact, that are kept as text; larger ones are kept as files only. */
const MAX_TEXT_BYTES = 4 * 1024 * 1024;
const MAX_ARTIFACT_TEXT = 64 * 1024 * 1024;

/** Published artifacts with their files: those of a version with its message, a page with the latest one. */
export const frames: FormatReader = {
  ...artifacts,
  async *read(archive, recognition, context) {
    const files = filesByFolder(archive);
    for (const document of recognition.documents) {
      const own = files.get(folderOf(document)) ?? [];
      for await (const record of artifacts.read(archive, { ...recognition, documents: [document] }, context)) {
        if (record.kind === 'issue') yield record;
        else yield { kind: 'conversation', conversation: await withFiles(record.conversation, own) };
      }
    }
  },
};

function folderOf({ name }: ArchiveDocument): string {
  return FOLDER.exec(name)?.[0] ?? '';
}

function filesByFolder({ documents }: ArchiveView): Map<string, ArchiveDocument[]> {
  return Map.groupBy(
    documents.filter(({ name }) => FOLDER.test(name) && !name.endsWith('.json')),
    folderOf,
  );
}

async function withFiles(
  conversation: ParsedConversation,
  files: readonly ArchiveDocument[],
): Promise<ParsedConversation> {
  const last = conversation.messages.at(-1);
  if (last === undefined || files.length === 0) return conversation;
  const log = new IssueLog();
  const ids = new Set(conversation.messages.map(({ externalId }) => externalId));
  const ofVersion = Map.groupBy(files, (file) => {
    const version = versionOf(file);
    return ids.has(version) ? version : last.externalId;
  });
  const room = { left: MAX_ARTIFACT_TEXT };
  const messages: ParsedMessage[] = [];
  for (const message of conversation.messages) {
    const attachments = [];
    for (const file of ofVersion.get(message.externalId) ?? []) attachments.push(await attach(file, room, log));
    messages.push({ ...message, attachments });
  }
  return { ...conversation, messages, issues: [...conversation.issues, ...log.issues] };
}

/** `versions/<version>.html` is the whole of a version, `versions/<version>/` a folder of its files. */
function versionOf(file: ArchiveDocument): string {
  const [top, name = ''] = pathInside(file).split('/');
  return top === 'versions' ? name.replace(/\.html$/i, '') : '';
}

function pathInside(file: ArchiveDocument): string {
  return file.name.slice(folderOf(file).length);
}

async function attach(file: ArchiveDocument, room: { left: number }, log: IssueLog): Promise<ParsedAttachment> {
  const attachment = entryAttachment(file, { externalId: pathInside(file) }, { location: file.name, log });
  if (!attachment.mediaType?.startsWith('text/') || file.size > Math.min(MAX_TEXT_BYTES, room.left)) return attachment;
  room.left -= file.size;
  try {
    const text = (await readPrefix(file.open(), MAX_TEXT_BYTES)).toString('utf8');
    return { ...attachment, text: text === '' ? null : storableText(text, file.name, log) };
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    log.report('UNREADABLE_ATTACHMENT', file.name, error.message.slice(0, 200));
    return { ...attachment, open: null };
  }
}
