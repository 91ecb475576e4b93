import type { IssueLog } from '../../conversation/issues.ts';
import { pick } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import { asObject, asString, asText, type JsonObject } from '../../json/values.ts';
import type { ParsedConversation } from '../../model.ts';
import { finishConversation } from '../conversation.ts';
import { type ConversationRecord, type RecordPart, RecordRejected } from '../conversation-record.ts';
import { documentChain, type ExportedDocument } from '../document-chain.ts';
import { jsonConversations } from '../json-conversations.ts';

const METADATA = ['uuid', 'description', 'is_private', 'is_starter_project', 'creator'];

/** `projects.json`, or a file for each project in `projects/`. */
export const PROJECT_DOCUMENTS = /(^|\/)projects(-\d+)?(\.json|\/[^/]+\.json)$/i;

/** Projects of a Claude export: a project becomes a conversation, its instructions and its documents become messages. */
export const projects = jsonConversations({
  name: 'claude-projects',
  platform: 'claude',
  label: 'Claude projects',
  mainDocument: PROJECT_DOCUMENTS,
  parts: ['docs'],
  isConversation: isProject,
  parse,
});

/** The record may be cut off behind its first members. */
function isProject(value: JsonObject): boolean {
  if (asText(value.uuid) === null || !('name' in value) || 'chat_messages' in value) return false;
  return 'is_starter_project' in value || 'prompt_template' in value || ('is_private' in value && 'docs' in value);
}

function parse(record: ConversationRecord): ParsedConversation {
  const { shell, location, log } = record;
  const uuid = asText(shell.uuid);
  if (uuid === null) throw new RecordRejected('NOT_A_CONVERSATION', 'The project has no uuid.');
  const createdAt = parseTime(shell.created_at, `${location}.created_at`, log);
  const documents = [
    ...ownText(shell, 'description', 'project_description', createdAt, location),
    ...ownText(shell, 'prompt_template', 'project_instructions', createdAt, location),
    ...[...record.parts()].map((part) => projectDocument(part, log)).filter((document) => document !== null),
  ];
  return finishConversation(record, {
    platform: 'claude',
    id: `project:${uuid}`,
    title: asString(shell.name),
    url: null,
    createdAt,
    updatedAt: parseTime(shell.updated_at, `${location}.updated_at`, log),
    model: null,
    metadata: { kind: 'project', ...pick(shell, METADATA) },
    nodes: documentChain(documents, log),
    raw: record.shellText([]),
    activeId: null,
  });
}

function ownText(
  shell: JsonObject,
  field: string,
  contentType: string,
  createdAt: Date | null,
  location: string,
): ExportedDocument[] {
  const text = asText(shell[field]);
  if (text === null || text.trim() === '') return [];
  const raw = JSON.stringify(shell[field]);
  const role = field === 'prompt_template' ? 'SYSTEM' : 'USER';
  return [{ id: field, role, contentType, text, createdAt, raw, metadata: {}, location: `${location}.${field}` }];
}

function projectDocument({ value, key, raw, location }: RecordPart, log: IssueLog): ExportedDocument | null {
  const document = asObject(value);
  if (document === null) {
    log.report('INVALID_MESSAGE', location, 'Expected an object.');
    return null;
  }
  const uuid = asText(document.uuid);
  if (uuid === null)
    log.report('MISSING_MESSAGE_ID', location, 'The document has no uuid; it was named after its place.');
  return {
    id: uuid ?? `docs:${key}`,
    role: 'USER',
    contentType: 'project_document',
    text: asText(document.content) ?? '',
    createdAt: parseTime(document.created_at, `${location}.created_at`, log),
    raw,
    metadata: pick(document, ['filename', 'file_name']),
    location,
  };
}
