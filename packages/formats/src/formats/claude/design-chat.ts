import type { MessageRole } from '@colloquy/domain';
import type { IssueLog } from '../../conversation/issues.ts';
import { pick, storableId, storableText, storableTextOrNull } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import type { TreeNode } from '../../conversation/tree-node.ts';
import { asObject, asString, asText, type JsonObject, objectsIn } from '../../json/values.ts';
import type { ParsedAttachment, ParsedConversation } from '../../model.ts';
import { type AttachmentPlace, namedAttachment } from '../attachments/attachment.ts';
import { distinctAttachments } from '../attachments/message-attachments.ts';
import { finishConversation } from '../conversation.ts';
import { type ConversationRecord, type RecordPart, RecordRejected } from '../conversation-record.ts';
import { jsonConversations } from '../json-conversations.ts';

/** A file for each chat in `design_chats/`. */
export const DESIGN_CHAT_DOCUMENTS = /(^|\/)design_chats(-\d+)?(\.json|\/[^/]+\.json)$/i;

const ROLES: ReadonlyMap<unknown, MessageRole> = new Map([
  ['user', 'USER'],
  ['assistant', 'ASSISTANT'],
  ['system', 'SYSTEM'],
]);
const SPOKEN: ReadonlySet<unknown> = new Set(['text', 'user_interjection', 'error']);
const WORDLESS: ReadonlySet<unknown> = new Set(['thinking', 'tool_call']);

/** Chats of Claude's design canvas, which are shaped otherwise than `chat_messages`. */
export const designChats = jsonConversations({
  name: 'claude-design-chats',
  platform: 'claude',
  label: 'Claude design chats',
  mainDocument: DESIGN_CHAT_DOCUMENTS,
  parts: ['messages'],
  isConversation: (value: JsonObject) =>
    asText(value.uuid) !== null && 'title' in value && Array.isArray(value.messages) && 'project' in value,
  parse,
});

function parse(record: ConversationRecord): ParsedConversation {
  const { shell, location, log } = record;
  if (record.container !== 'array') throw new RecordRejected('MISSING_MESSAGES', 'The chat has no array "messages".');
  const id = asText(shell.uuid);
  const nodes: TreeNode[] = [];
  for (const part of record.parts()) {
    const node = readNode(part, nodes.at(-1)?.id ?? null, log);
    if (node !== null) nodes.push(node);
  }
  return finishConversation(record, {
    platform: 'claude',
    id,
    title: asString(shell.title),
    url: null,
    createdAt: parseTime(shell.created_at, `${location}.created_at`, log),
    updatedAt: parseTime(shell.updated_at, `${location}.updated_at`, log),
    model: null,
    metadata: { kind: 'design_chat', ...pick(shell, ['project']) },
    nodes,
    raw: record.shellText([]),
    activeId: null,
  });
}

function readNode({ value, key, raw, location }: RecordPart, parentId: string | null, log: IssueLog): TreeNode | null {
  const message = asObject(value);
  if (message === null) {
    log.report('INVALID_MESSAGE', location, 'Expected an object.');
    return null;
  }
  const content = asObject(message.content);
  const uuid = asText(message.uuid) ?? asText(content?.id);
  if (uuid === null)
    log.report('MISSING_MESSAGE_ID', location, 'The message has no uuid; it was named after its place.');
  const role = ROLES.get(message.role ?? content?.role);
  if (!role) log.report('UNKNOWN_ROLE', location, `The role ${JSON.stringify(message.role ?? null)} is not known.`);
  const blocks = objectsIn(content?.contentBlocks);
  const text = textOf(content, blocks, location, log);
  const attachments = attachmentsOf(content, blocks, { location, log });
  return {
    id: storableId(uuid ?? `index:${key}`, location, log),
    parentId,
    location,
    message: {
      role: role ?? 'SYSTEM',
      author: storableTextOrNull(asText(content?.authorName), location, log),
      text: storableText(text, location, log),
      hidden: role === undefined || role === 'SYSTEM',
      createdAt: parseTime(message.created_at ?? content?.timestamp, `${location}.created_at`, log),
      model: null,
      contentType: text !== '' ? 'text' : (asText(blocks[0]?.type) ?? 'empty'),
      raw,
      metadata: messageMetadata(blocks),
      ...(attachments.length > 0 ? { attachments } : {}),
    },
  };
}

function textOf(content: JsonObject | null, blocks: readonly JsonObject[], location: string, log: IssueLog): string {
  for (const { type } of blocks) {
    if (SPOKEN.has(type) || WORDLESS.has(type)) continue;
    const name = JSON.stringify(type ?? null);
    log.report('UNKNOWN_CONTENT_TYPE', location, `The block type ${name} is not known; its raw JSON is kept.`);
  }
  const spoken = blocks
    .filter(({ type }) => !WORDLESS.has(type))
    .map(({ text, message }) => asText(text) ?? asText(message) ?? asText(asObject(message)?.content) ?? '')
    .filter((words) => words.trim() !== '');
  return spoken.length > 0 ? spoken.join('\n\n') : (asText(content?.content) ?? '');
}

function messageMetadata(blocks: readonly JsonObject[]): Record<string, unknown> {
  const thinking = blocks.filter(({ type }) => type === 'thinking').map(({ text }) => asText(text) ?? '');
  const calls = blocks.map(({ toolCall }) => asObject(toolCall)).filter((call) => call !== null);
  const uses = calls.map((call) => pick(call, ['id', 'name', 'type']));
  const lists = { thinking, tool_uses: uses };
  return pick(
    lists,
    Object.keys(lists).filter((name) => lists[name as keyof typeof lists].length > 0),
  );
}

/** Files of the message, and of what the person said in between. */
function attachmentsOf(
  content: JsonObject | null,
  blocks: readonly JsonObject[],
  place: AttachmentPlace,
): ParsedAttachment[] {
  const files = [content, ...blocks.map(({ message }) => asObject(message))].flatMap((carrier) =>
    objectsIn(carrier?.attachments),
  );
  return distinctAttachments(
    files.map((file, index) => {
      const facts = { externalId: asText(file.id) ?? `attachments[${index}]`, fileName: asText(file.name) };
      return namedAttachment({ ...facts, text: asText(file.content) }, place);
    }),
  );
}
