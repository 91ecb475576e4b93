import type { ArchiveDocument } from '../../archive/document.ts';
import type { ArchiveView } from '../../archive/view.ts';
import { pick } from '../../conversation/storable.ts';
import { ArchiveError } from '../../errors.ts';
import { asText, type JsonObject, objectsIn } from '../../json/values.ts';
import type { ParsedRecord, ParseIssue } from '../../model.ts';
import { readPrefix } from '../../source.ts';
import type { FormatReader } from '../reader.ts';

const FEEDBACK = /(^|\/)message_feedback\.json$/i;
/** A thumb takes about 300 bytes. */
const MAX_FEEDBACK_BYTES = 16 * 1024 * 1024;
const FIELDS = ['id', 'rating', 'content', 'create_time', 'evaluation_name', 'evaluation_treatment'];

interface Feedback {
  byConversation: ReadonlyMap<string, readonly Record<string, unknown>[]>;
  issues: readonly ParseIssue[];
}

/**
 * Adds what the person thought of answers, which the export keeps in a file of its own, to the metadata of each
 * conversation as `message_feedback`. A file that cannot be read is an issue and costs no conversation.
 */
export function withFeedback(reader: FormatReader): FormatReader {
  return {
    ...reader,
    async *read(archive, recognition, context) {
      const { byConversation, issues } = await readFeedback(archive);
      for (const issue of issues) yield { kind: 'issue', issue };
      for await (const record of reader.read(archive, recognition, context)) yield annotated(record, byConversation);
    },
  };
}

function annotated(record: ParsedRecord, byConversation: Feedback['byConversation']): ParsedRecord {
  if (record.kind === 'issue') return record;
  const { conversation } = record;
  const feedback = byConversation.get(conversation.externalId);
  if (feedback === undefined) return record;
  return {
    kind: 'conversation',
    conversation: { ...conversation, metadata: { ...conversation.metadata, message_feedback: feedback } },
  };
}

async function readFeedback({ documents }: ArchiveView): Promise<Feedback> {
  const byConversation = new Map<string, Record<string, unknown>[]>();
  const issues: ParseIssue[] = [];
  for (const document of documents.filter(({ name }) => FEEDBACK.test(name))) {
    const root = await parsed(document, issues);
    for (const entry of objectsIn(root)) {
      const id = asText(entry.conversation_id);
      if (id === null) continue;
      const given = byConversation.get(id) ?? [];
      given.push(scalars(entry));
      byConversation.set(id, given);
    }
  }
  return { byConversation, issues };
}

/** Lists and objects are no part of feedback, and nothing bounds how deep they nest here. */
function scalars(entry: JsonObject): Record<string, unknown> {
  return pick(
    entry,
    FIELDS.filter((name) => typeof entry[name] !== 'object'),
  );
}

async function parsed(document: ArchiveDocument, issues: ParseIssue[]): Promise<unknown> {
  const location = document.name;
  if (document.size > MAX_FEEDBACK_BYTES) {
    issues.push({ code: 'RECORD_TOO_LARGE', location, message: `The feedback exceeds ${MAX_FEEDBACK_BYTES} bytes.` });
    return null;
  }
  try {
    return JSON.parse((await readPrefix(document.open(), MAX_FEEDBACK_BYTES)).toString('utf8'));
  } catch (error) {
    if (!(error instanceof ArchiveError || error instanceof SyntaxError)) throw error;
    issues.push({ code: 'INVALID_RECORD', location, message: error.message.slice(0, 200) });
    return null;
  }
}
