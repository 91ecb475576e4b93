import type { ArchiveDocument } from '../../archive/document.ts';
import type { ArchiveView } from '../../archive/view.ts';
import { LimitExceededError } from '../../errors.ts';
import type { ParsedRecord } from '../../model.ts';
import { readPrefix } from '../../source.ts';
import { MediaFiles } from '../chats/media-files.ts';
import type { FormatReader, ReadContext, Recognition } from '../reader.ts';
import { type ChatSurroundings, readChat } from './chat.ts';
import { type Dialect, DialectSurvey } from './dialect.ts';
import { surveyChat } from './entries.ts';

const PREFIX_BYTES = 64 * 1024;
const CHAT_FILE = /(^|\/)(_chat|[^/]*whatsapp[^/]*)\.txt$/i;
const MIN_HEADS = 2;
/** Share of the lines that must have heads in a text that does not begin with one. */
const MIN_SHARE = 0.3;
const LOG_LEVEL = /^(trace|debug|info|notice|warn|warning|error|fatal|critical)$/i;

/** WhatsApp's exported chat: a text, alone or in a ZIP with its media; see docs/formats/whatsapp.md. */
export const whatsapp: FormatReader = {
  name: 'whatsapp-text',
  platform: 'whatsapp',
  label: 'WhatsApp chat (text or ZIP)',
  recognise,
  async *read(archive, { documents }, context) {
    const uploadedAs = documents.length === 1 ? archive.fileName : null;
    const surroundings = { files: namesOf(archive), media: new MediaFiles(archive), uploadedAs };
    for (const document of documents) yield await readDocument(document, surroundings, context);
  },
  async survey(_archive, { documents }, context) {
    const { maxRecordBytes, maxMessages } = context.limits;
    if (documents.every(({ size }) => size > maxRecordBytes)) {
      throw new LimitExceededError(
        'LIMIT_EXCEEDED_RECORD',
        `Not one of the chats is within ${maxRecordBytes} bytes.`,
        maxRecordBytes,
        Math.min(...documents.map(({ size }) => size)),
      );
    }
    let fewest = Number.POSITIVE_INFINITY;
    for (const document of documents) {
      if (document.size > maxRecordBytes) continue;
      fewest = Math.min(fewest, (await surveyChat(document, context))?.heads ?? 0);
    }
    if (Number.isFinite(fewest) && fewest > maxMessages) {
      const message = `Not one of the chats is within ${maxMessages} messages; the shortest has ${fewest}.`;
      throw new LimitExceededError('LIMIT_EXCEEDED_MESSAGES', message, maxMessages, fewest);
    }
    return documents.length;
  },
};

async function recognise(archive: ArchiveView): Promise<Recognition | null> {
  const texts = archive.documents.filter(({ name }) => archive.container === 'file' || /\.txt$/i.test(name));
  const named = await recogniseIn(texts.filter(({ name }) => CHAT_FILE.test(name)));
  return named ?? (await recogniseIn(texts));
}

async function recogniseIn(documents: readonly ArchiveDocument[]): Promise<Recognition | null> {
  const chats: ArchiveDocument[] = [];
  let heads = 0;
  for (const document of documents) {
    const dialect = sketchChat(await readPrefix(document.open(), PREFIX_BYTES), document.size <= PREFIX_BYTES);
    if (dialect === null || !isChat(dialect)) continue;
    chats.push(document);
    heads += dialect.heads;
  }
  if (chats.length === 0) return null;
  const where = chats.length === 1 ? 'a text' : `${chats.length} texts`;
  return { confidence: 0.9, reason: `${heads} heads of messages at the beginning of ${where}`, documents: chats };
}

/** Looks at the lines that lie in the prefix as a whole. */
function sketchChat(prefix: Buffer, isWhole: boolean): Dialect | null {
  const lines = prefix.toString('utf8').replaceAll('\r', '').split('\n');
  const survey = new DialectSurvey();
  for (const line of isWhole || lines.length === 1 ? lines : lines.slice(0, -1)) survey.add(line);
  return survey.decide();
}

/** Several heads, somebody who speaks, and nothing that makes it a text which quotes a chat, or a program's log. */
function isChat({ heads, spoken, lines, beginsWithHead, names }: Dialect): boolean {
  if (heads < MIN_HEADS || spoken === 0) return false;
  if ([...names].every((name) => LOG_LEVEL.test(name))) return false;
  return beginsWithHead || heads >= lines * MIN_SHARE;
}

/** Names of the files beside the chats, without their folders. */
function namesOf({ documents }: ArchiveView): ReadonlySet<string> {
  return new Set(documents.map(({ name }) => name.slice(name.lastIndexOf('/') + 1)));
}

type Refused = 'RECORD_TOO_LARGE' | 'RECORD_TOO_MANY_MESSAGES' | 'NOT_A_CONVERSATION';

async function readDocument(
  document: ArchiveDocument,
  surroundings: ChatSurroundings,
  context: ReadContext,
): Promise<ParsedRecord> {
  const { name, size } = document;
  const { maxRecordBytes, maxMessages } = context.limits;
  const refused = (code: Refused, message: string): ParsedRecord => ({
    kind: 'issue',
    issue: { code, message, location: name },
  });
  if (size > maxRecordBytes) {
    return refused('RECORD_TOO_LARGE', `The chat of ${size} bytes exceeds ${maxRecordBytes} bytes.`);
  }
  const dialect = await surveyChat(document, context);
  if (dialect === null) return refused('NOT_A_CONVERSATION', 'No line begins as messages of a chat do.');
  if (dialect.heads > maxMessages) {
    const message = `The chat has ${dialect.heads} messages; at most ${maxMessages} are read.`;
    return refused('RECORD_TOO_MANY_MESSAGES', message);
  }
  return { kind: 'conversation', conversation: await readChat(document, dialect, surroundings, context) };
}
