import { ARRANGED_BY_TIME } from '@colloquy/domain';
import type { ArchiveDocument } from '../../archive/document.ts';
import type { ArchiveView } from '../../archive/view.ts';
import { pick } from '../../conversation/storable.ts';
import type { TreeNode } from '../../conversation/tree-node.ts';
import { asObject, asString, asText, type JsonObject, objectsIn } from '../../json/values.ts';
import type { ParsedConversation } from '../../model.ts';
import { MediaFiles } from '../chats/media-files.ts';
import { finishConversation } from '../conversation.ts';
import { type ConversationRecord, RecordRejected } from '../conversation-record.ts';
import { jsonConversations } from '../json-conversations.ts';
import type { FormatReader, Recognition } from '../reader.ts';
import { chatList } from './chat-list.ts';
import { withValidEscapes } from './control-escapes.ts';
import { readNodes } from './nodes.ts';

const MAIN_DOCUMENT = /(^|\/)result\.json$/i;
const CHAT_TYPE =
  /^(saved_messages|replies|verify_codes|(personal|bot|private|public|monoforum)_(chat|group|supergroup|channel))$/;
/** The chats of an account, and those that it has left. */
const CHAT_LISTS = ['chats', 'left_chats'];
const ACCOUNT_MEMBERS = ['personal_information', 'contacts', 'frequent_contacts', 'sessions', 'profile_pictures'];

/** What older exports add to the id of a chat of each kind. */
const TYPE_IN_ID = { user: 0, chat: 0x1_0000_0000, channel: 0x2_0000_0000 } as const;
const ID_SPACE = 0x1_0000_0000;

function chats(media: MediaFiles): FormatReader {
  return jsonConversations({
    name: 'telegram-json',
    platform: 'telegram',
    label: 'Telegram export (JSON or ZIP)',
    parts: ['messages'],
    isConversation: isChat,
    parse: (record) => parse(record, media),
  });
}

/** Telegram Desktop's export of one chat or of a whole account; see docs/formats/telegram.md. */
export const telegram: FormatReader = {
  ...chats(new MediaFiles({ documents: [] })),
  recognise,
  read: (archive, recognition, context) => chats(new MediaFiles(archive)).read(archive, recognition, context),
};

async function recognise(archive: ArchiveView): Promise<Recognition | null> {
  const json = archive.documents.filter(({ name }) => archive.container === 'file' || /\.json$/i.test(name));
  const main = json.filter(({ name }) => MAIN_DOCUMENT.test(name));
  return (await recogniseIn(archive, main)) ?? (await recogniseIn(archive, json));
}

async function recogniseIn(archive: ArchiveView, candidates: readonly ArchiveDocument[]): Promise<Recognition | null> {
  const found: { document: ArchiveDocument; lists: readonly ArchiveDocument[]; kind: string }[] = [];
  for (const candidate of candidates) {
    const document = { ...candidate, open: () => withValidEscapes(candidate.open()) };
    const sketch = await archive.sketch(document);
    const root = sketch.kind === 'json' ? asObject(sketch.root) : null;
    if (root !== null && isChat(root)) found.push({ document, lists: [document], kind: 'a chat' });
    else if (root !== null && isAccount(root)) found.push({ document, lists: listsOf(document), kind: 'an account' });
  }
  const [first] = found;
  if (!first) return null;
  const where = first.document.name === '$' ? 'the file' : first.document.name;
  const more = found.length > 1 ? ` and ${found.length - 1} more` : '';
  return {
    confidence: 0.97,
    reason: `${first.kind} as Telegram Desktop exports it in ${where}${more}`,
    documents: found.flatMap(({ lists }) => lists),
  };
}

/** The lists of an account's export as documents of their own: records two levels deep are read as an array. */
function listsOf(document: ArchiveDocument): ArchiveDocument[] {
  return CHAT_LISTS.map((key) => ({
    name: `${document.name}.${key}.list`,
    size: document.size,
    open: () => chatList(document.open(), key),
  }));
}

/** Telegram writes `null` as the type of a chat that it does not know; then a message must show whose export it is. */
function isChat(value: JsonObject): boolean {
  if (!Array.isArray(value.messages)) return false;
  if (value.type !== null) return CHAT_TYPE.test(asText(value.type) ?? '');
  return 'id' in value && objectsIn(value.messages).some((message) => 'date' in message && 'text_entities' in message);
}

function isAccount(root: JsonObject): boolean {
  if (CHAT_LISTS.some((key) => Array.isArray(asObject(root[key])?.list))) return true;
  return asText(root.about) !== null && ACCOUNT_MEMBERS.some((key) => key in root);
}

function parse(record: ConversationRecord, media: MediaFiles): ParsedConversation {
  const { shell } = record;
  if (record.container !== 'array') {
    throw new RecordRejected('MISSING_MESSAGES', 'The chat has no array "messages".');
  }
  const nodes = readNodes(record, { bot: shell.type === 'bot_chat' ? String(shell.id) : null, media });
  return finishConversation(record, {
    platform: 'telegram',
    id: idOf(shell, nodes.some(hasNumericSpeaker)),
    title: asString(shell.name),
    url: null,
    createdAt: null,
    updatedAt: null,
    model: null,
    metadata: { arrangedBy: ARRANGED_BY_TIME, ...pick(shell, ['type']) },
    raw: record.shellText([]),
    nodes,
    activeId: null,
  });
}

/** Telegram counts users, groups and channels apart, so the id says which it is, as Telegram's own `from_id` does. */
function idOf({ id, type }: JsonObject, hasTypeInIds: boolean): string | null {
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return asText(id);
  const kind = kindOf(asText(type) ?? '');
  const offset = TYPE_IN_ID[kind];
  return `${kind}${hasTypeInIds && id >= offset && id < offset + ID_SPACE ? id - offset : id}`;
}

function kindOf(type: string): 'user' | 'chat' | 'channel' {
  if (/(supergroup|channel)$/.test(type)) return 'channel';
  return type.endsWith('group') ? 'chat' : 'user';
}

/** Exports before the middle of 2021 have numbers for speakers, and the type of a chat within its id. */
function hasNumericSpeaker({ message }: TreeNode): boolean {
  return [message?.metadata.from_id, message?.metadata.actor_id].some((id) => typeof id === 'number');
}
