import { branchingChatgpt, claudeConversation, claudeMessage } from './samples.ts';
import { zipOf } from './write-zip.ts';

/** A small export for one reader of the registry. */
export interface ReaderSample {
  /** Name of the reader. */
  reader: string;
  /** The document's path in a ZIP. */
  path: string;
  /** Whether what is left of a cut document may be whole: lines stand for themselves. */
  isLines: boolean;
  /** Files without which the document is not known for what it is; such an export is a ZIP. */
  beside: Record<string, string>;
  /** The document with the given text, as it stands in JSON or HTML, as that of its first message. */
  document(text: string): string;
}

/** A sample with the given text in a ZIP. */
export function zipped({ path, beside, document }: ReaderSample, text = 'hi'): Uint8Array {
  return zipOf({ ...beside, [path]: document(text) });
}

/** What stands in the value of a sample for the text, which may be no valid JSON on its own. */
const TEXT = '@text@';
const TIME = '2026-03-04T05:06:07Z';
const ID = '5b1e0c2e-1111-4222-8333-444455556666';

const json = (reader: string, path: string, value: unknown): ReaderSample => {
  const whole = JSON.stringify(value);
  return { reader, path, isLines: false, beside: {}, document: (text) => whole.replace(TEXT, () => text) };
};

const lines = (reader: string, path: string, values: readonly unknown[]): ReaderSample => {
  const whole = values.map((value) => `${typeof value === 'string' ? value : JSON.stringify(value)}\n`).join('');
  return { reader, path, isLines: true, beside: {}, document: (text) => whole.replace(TEXT, () => text) };
};

const slackMessage = { type: 'message', user: 'U1', ts: '1767225600.000100', text: TEXT };
const spoken = [
  { role: 'user', content: TEXT },
  { role: 'assistant', content: 'Basil.' },
];
const libreMessage = {
  messageId: 'a',
  parentMessageId: '00000000-0000-0000-0000-000000000000',
  conversationId: 't',
  sender: 'User',
  isCreatedByUser: true,
  text: TEXT,
  createdAt: TIME,
};
const openwebuiHistory = {
  messages: {
    a: { id: 'a', parentId: null, childrenIds: ['b'], role: 'user', content: TEXT, timestamp: 1_770_000_000 },
    b: { id: 'b', parentId: 'a', childrenIds: [], role: 'assistant', content: 'Basil.', timestamp: 1_770_000_001 },
  },
  currentId: 'b',
};
const cell =
  '<div class="outer-cell"><div class="header-cell"><p class="mdl-typography--title">Gemini Apps<br></p></div>' +
  `<div class="content-cell mdl-typography--body-1">Prompted ${TEXT}<br>Jul 20, 2026, 9:00:00 AM UTC<br><p>Basil.</p></div></div>`;

/** One sample at least for every reader of the registry. */
export const READER_SAMPLES: readonly ReaderSample[] = [
  json('chatgpt-json', 'conversations.json', [
    JSON.parse(JSON.stringify(branchingChatgpt()).replace('Which herbs?', TEXT)),
  ]),
  json('claude-json', 'conversations.json', [
    claudeConversation([claudeMessage('a', 'human', [{ type: 'text', text: TEXT }])]),
  ]),
  json('aistudio-json', 'prompt.json', {
    runSettings: { model: 'models/gemini-3-pro' },
    chunkedPrompt: {
      chunks: [
        { role: 'user', text: TEXT },
        { role: 'model', text: 'Basil.' },
      ],
    },
  }),
  json('gemini-takeout', 'MyActivity.json', [
    {
      header: 'Gemini Apps',
      title: `Prompted ${TEXT}`,
      time: TIME,
      products: ['Gemini Apps'],
      safeHtmlItem: [{ html: '<p>Basil.</p>' }],
    },
  ]),
  { ...lines('gemini-takeout', 'MyActivity.html', [`<html><body>${cell}</body></html>`]), isLines: false },
  lines('claude-code-jsonl', 'session.jsonl', [
    { type: 'user', uuid: 'a', sessionId: 's', parentUuid: null, timestamp: TIME, message: spoken[0] },
    { type: 'assistant', uuid: 'b', sessionId: 's', parentUuid: 'a', timestamp: TIME, message: spoken[1] },
  ]),
  lines('codex-jsonl', 'rollout.jsonl', [
    { timestamp: TIME, type: 'session_meta', payload: { id: 's' } },
    {
      timestamp: TIME,
      type: 'response_item',
      payload: { type: 'message', role: 'user', content: [{ type: 'input_text', text: TEXT }] },
    },
  ]),
  {
    ...json('slack-zip', 'general/2026-01-01.json', [slackMessage, { ...slackMessage, ts: '1767225600.000200' }]),
    beside: { 'users.json': '[{"id":"U1"}]', 'channels.json': '[{"id":"C1","name":"general"}]' },
  },
  json('discord-json', 'channel.json', {
    guild: { id: '9', name: 'G' },
    channel: { id: '7', name: 'c' },
    messages: [{ id: '11', type: 'Default', timestamp: TIME, content: TEXT, author: { name: 'a' } }],
    messageCount: 1,
  }),
  json('telegram-json', 'result.json', {
    name: 'Bob',
    type: 'personal_chat',
    id: 22,
    messages: [{ id: 1, type: 'message', date_unixtime: '1700000000', from: 'Ann', from_id: 'user11', text: TEXT }],
  }),
  json('telegram-json', 'account/result.json', {
    about: 'Here is the data you requested.',
    chats: {
      list: [
        { name: 'B', type: 'personal_chat', id: 2, messages: [{ id: 1, type: 'message', from: 'A', text: TEXT }] },
      ],
    },
  }),
  lines('whatsapp-text', '_chat.txt', [`12/30/20, 9:41 PM - Ann: ${TEXT}`, '12/30/20, 9:42 PM - Bob: ho']),
  json('grok-json', 'prod-grok-backend.json', {
    conversations: [
      {
        conversation: { id: ID, title: 'Owls', create_time: TIME },
        responses: [{ response: { _id: 'q', message: TEXT, sender: 'human', parent_response_id: null } }],
      },
    ],
    projects: [],
  }),
  json('librechat-json', 'talk.json', { conversationId: 't', endpoint: 'x', title: 'T', messages: [libreMessage] }),
  json('librechat-tree-json', 'talk.json', {
    conversationId: 't',
    endpoint: 'x',
    messagesTree: [{ ...libreMessage, children: [{ ...libreMessage, messageId: 'b', text: 'Basil.' }] }],
  }),
  json('openwebui-json', 'chats.json', [
    { id: 'c', title: 'Bees', chat: { title: 'Bees', history: openwebuiHistory } },
  ]),
  json('openwebui-chat-json', 'chat.json', { title: 'Bees', history: openwebuiHistory }),
  json('openai-messages', 'messages.json', { messages: spoken }),
  lines('openai-messages', 'messages.jsonl', [{ messages: spoken }, { messages: spoken.slice(1) }]),
  lines('colloquy-jsonl', 'archive.jsonl', [
    { type: 'header', format: 'colloquy', version: 1 },
    { type: 'conversation', platform: 'chatgpt', id: 'c', title: 'Herbs' },
    { type: 'message', platform: 'chatgpt', conversation: 'c', id: 'a', role: 'USER', text: TEXT },
  ]),
];
