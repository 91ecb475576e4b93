import type { ArchiveDocument } from '../../archive/document.ts';
import type { ArchiveView } from '../../archive/view.ts';
import type { ParsedRecord } from '../../model.ts';
import { openRecord, RecordRejected } from '../conversation-record.ts';
import type { FormatReader, Recognition } from '../reader.ts';
import { parseConversation, parseList } from './conversation.ts';
import { isRecognised, layoutOf } from './layout.ts';
import { issueOf, type MessagesRecord, recordsOf, refusalOf } from './records.ts';
import { Tally } from './tally.ts';

/** Lists of messages as OpenAI's API takes them, in files for fine-tuning and in logs; see docs/formats/openai-messages.md. */
export const openaiMessages: FormatReader = {
  name: 'openai-messages',
  platform: 'openai-messages',
  label: 'OpenAI messages (JSON, JSON Lines or ZIP)',
  recognise,
  async *read(archive, { documents }, context) {
    for (const document of documents) {
      const layout = await layoutOf(archive, document, context);
      for await (const record of recordsOf(document, layout, context)) yield parse(record);
    }
  },
  async survey(archive, { documents }, context) {
    const tally = new Tally();
    for (const document of documents) {
      const layout = await layoutOf(archive, document, context);
      // Records are parsed only until one of them can be read; after that they are counted.
      const isWanted = () => !tally.hasReadable;
      for await (const record of recordsOf(document, layout, context, isWanted)) {
        tally.count(isWanted() ? parse(record) : null, refusalOf(record));
      }
    }
    tally.refuseIfNothingCanBeRead(context.limits);
    return tally.records;
  },
};

/** Less sure than any reader of one product, whose exports may hold such messages among others of its own. */
async function recognise(archive: ArchiveView): Promise<Recognition | null> {
  const candidates = archive.documents.filter(
    ({ name }) => archive.container === 'file' || /\.(json|jsonl|ndjson)$/i.test(name),
  );
  const documents: ArchiveDocument[] = [];
  for (const document of candidates) if (await isRecognised(archive, document)) documents.push(document);
  const [first, ...more] = documents;
  if (!first) return null;
  const place = first.name === '$' ? 'the file' : first.name;
  const reason = `messages with roles in ${place}${more.length === 0 ? '' : ` and ${more.length} more`}`;
  return { confidence: 0.7, reason, documents };
}

function parse(record: MessagesRecord): ParsedRecord {
  const { location, limit, isList } = record;
  if (record.bytes === null) return { kind: 'issue', issue: issueOf(record, limit) };
  try {
    const conversation = isList
      ? parseList(record.bytes, location)
      : parseConversation(openRecord(record.bytes, ['messages'], location));
    return { kind: 'conversation', conversation };
  } catch (error) {
    if (!(error instanceof RecordRejected)) throw error;
    return { kind: 'issue', issue: { code: error.code, message: error.message, location } };
  }
}
