import type { ArchiveView } from '../../archive/view.ts';
import { pick } from '../../conversation/storable.ts';
import { asText, type JsonObject, objectsIn } from '../../json/values.ts';
import type { ParsedRecord, ParseIssue } from '../../model.ts';
import type { FormatReader } from '../reader.ts';
import { readSideJson } from './side-json.ts';

interface Source {
  /** Member of the conversation's metadata. */
  member: string;
  document: RegExp;
  fields: readonly string[];
}

/** Lists of what was done with conversations, each entry with a `conversation_id`. */
const SOURCES: readonly Source[] = [
  {
    member: 'message_feedback',
    document: /(^|\/)message_feedback\.json$/i,
    fields: ['id', 'message_id', 'rating', 'content', 'create_time', 'evaluation_name', 'evaluation_treatment'],
  },
  {
    member: 'shared_conversations',
    document: /(^|\/)shared_conversations\.json$/i,
    fields: ['id', 'title', 'is_anonymous'],
  },
];

type Annotations = ReadonlyMap<string, Record<string, Record<string, unknown>[]>>;

/**
 * Adds what the export keeps in files of their own to the metadata of each conversation: what the person thought of
 * answers as `message_feedback`, links that were shared as `shared_conversations`. A file that cannot be read is an issue
 * and costs no conversation.
 */
export function withAnnotations(reader: FormatReader): FormatReader {
  return {
    ...reader,
    async *read(archive, recognition, context) {
      const issues: ParseIssue[] = [];
      const annotations = await readAnnotations(archive, issues);
      for (const issue of issues) yield { kind: 'issue', issue };
      for await (const record of reader.read(archive, recognition, context)) yield annotated(record, annotations);
    },
  };
}

function annotated(record: ParsedRecord, annotations: Annotations): ParsedRecord {
  if (record.kind === 'issue') return record;
  const { conversation } = record;
  const added = annotations.get(conversation.externalId);
  if (added === undefined) return record;
  return {
    kind: 'conversation',
    conversation: { ...conversation, metadata: { ...conversation.metadata, ...added } },
  };
}

async function readAnnotations(archive: ArchiveView, issues: ParseIssue[]): Promise<Annotations> {
  const annotations = new Map<string, Record<string, Record<string, unknown>[]>>();
  for (const { member, document, fields } of SOURCES) {
    for (const entry of (await readSideJson(archive, document, issues)).flatMap(objectsIn)) {
      const id = asText(entry.conversation_id);
      if (id === null) continue;
      const given = annotations.get(id) ?? {};
      const list = given[member] ?? [];
      list.push(scalars(entry, fields));
      given[member] = list;
      annotations.set(id, given);
    }
  }
  return annotations;
}

/** Lists and objects are no part of these, and nothing bounds how deep they nest here. */
function scalars(entry: JsonObject, fields: readonly string[]): Record<string, unknown> {
  return pick(
    entry,
    fields.filter((name) => typeof entry[name] !== 'object'),
  );
}
