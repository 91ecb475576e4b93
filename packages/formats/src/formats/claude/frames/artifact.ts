import { pick } from '../../../conversation/storable.ts';
import { parseTime } from '../../../conversation/time.ts';
import { asObject, asText, type JsonObject } from '../../../json/values.ts';
import type { ParsedConversation } from '../../../model.ts';
import { finishConversation } from '../../conversation.ts';
import { type ConversationRecord, RecordRejected } from '../../conversation-record.ts';
import { documentChain, type ExportedDocument } from '../../document-chain.ts';
import { jsonConversations } from '../../json-conversations.ts';

/** A folder for each artifact that was published, with its description in it. */
export const ARTIFACT_DOCUMENTS = /(^|\/)artifacts\/[^/]+\/artifact\.json$/i;

const METADATA = ['kind', 'visibility', 'owner_account', 'active_version'];

/** Descriptions of published artifacts: a conversation each, a message for each version. */
export const artifacts = jsonConversations({
  name: 'claude-artifacts',
  platform: 'claude',
  label: 'Claude artifacts',
  mainDocument: ARTIFACT_DOCUMENTS,
  parts: ['versions'],
  isConversation: (value: JsonObject) =>
    Array.isArray(value.versions) && 'owner_account' in value && ('active_version' in value || 'visibility' in value),
  parse,
});

function parse(record: ConversationRecord): ParsedConversation {
  const { shell, location, log } = record;
  const folder = location.split('/').at(-2) ?? null;
  const id = asText(shell.id) ?? folder;
  if (id === null) throw new RecordRejected('NOT_A_CONVERSATION', 'The artifact has no id.');
  const versions = versionsOf(record);
  const updatedAt = parseTime(shell.updated_at, `${location}.updated_at`, log);
  const { kind, ...metadata } = pick(shell, METADATA);
  return finishConversation(record, {
    platform: 'claude',
    id: `artifact:${id}`,
    title: asText((versions.find((each) => each.id === shell.active_version) ?? versions.at(-1))?.metadata.title),
    url: null,
    createdAt: versions[0]?.createdAt ?? null,
    updatedAt,
    model: null,
    metadata: { kind: 'artifact', ...(kind === undefined ? {} : { artifact_kind: kind }), ...metadata },
    nodes: documentChain(versions, log),
    raw: record.shellText([]),
    activeId: null,
  });
}

function versionsOf({ parts, log }: ConversationRecord): ExportedDocument[] {
  const versions: ExportedDocument[] = [];
  for (const { key, value, raw, location } of parts()) {
    const version = asObject(value);
    if (version === null) {
      log.report('INVALID_MESSAGE', location, 'Expected an object.');
      continue;
    }
    versions.push({
      id: asText(version.id) ?? `versions:${key}`,
      role: 'ASSISTANT',
      contentType: 'artifact_version',
      text: [asText(version.title), asText(version.description)].filter((words) => words !== null).join('\n\n'),
      createdAt: parseTime(version.created_at, `${location}.created_at`, log),
      raw,
      metadata: pick(version, ['title', 'description']),
      location,
    });
  }
  return versions;
}
