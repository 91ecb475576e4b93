/** Conversations in the vendors' shapes, written for these tests. */
export interface SampleNode {
  id: string;
  parent?: string | null;
  children?: string[];
  message?: object | null;
}

/** A message of ChatGPT with one text part. */
export function chatgptMessage(id: string, role: string, text: string, more: object = {}): object {
  return {
    id,
    author: { role, name: null, metadata: {} },
    create_time: 1_700_000_000,
    content: { content_type: 'text', parts: [text] },
    status: 'finished_successfully',
    weight: 1,
    metadata: {},
    recipient: 'all',
    ...more,
  };
}

/** A conversation of ChatGPT around the given nodes. */
export function chatgptConversation(nodes: readonly SampleNode[], more: object = {}): Record<string, unknown> {
  return {
    title: 'A garden plan',
    create_time: 1_700_000_000.5,
    update_time: 1_700_000_100,
    mapping: Object.fromEntries(nodes.map((node) => [node.id, node])),
    current_node: nodes.at(-1)?.id,
    conversation_id: '0f9a4d5e-1111-4222-8333-444455556666',
    id: '0f9a4d5e-1111-4222-8333-444455556666',
    ...more,
  };
}

/** root -> question -> (answer one | answer two); the second answer is current. */
export function branchingChatgpt(more: object = {}): Record<string, unknown> {
  return chatgptConversation(
    [
      { id: 'root', parent: null, children: ['question'], message: null },
      {
        id: 'question',
        parent: 'root',
        children: ['one', 'two'],
        message: chatgptMessage('question', 'user', 'Which herbs?'),
      },
      { id: 'one', parent: 'question', children: [], message: chatgptMessage('one', 'assistant', 'Basil.') },
      { id: 'two', parent: 'question', children: [], message: chatgptMessage('two', 'assistant', 'Thyme.') },
    ],
    more,
  );
}

/** A message of Claude with the given blocks. */
export function claudeMessage(uuid: string, sender: string, content: unknown, more: object = {}): object {
  return {
    uuid,
    sender,
    text: '',
    content,
    created_at: '2026-01-02T03:04:05.678901Z',
    attachments: [],
    files: [],
    ...more,
  };
}

/** A conversation of Claude around the given messages. */
export function claudeConversation(messages: readonly unknown[], more: object = {}): Record<string, unknown> {
  return {
    uuid: '7a1f0c2e-1111-4222-8333-444455556666',
    name: 'A bread recipe',
    created_at: '2026-01-02T03:04:05Z',
    updated_at: '2026-01-02T04:04:05Z',
    account: { uuid: 'c0ffee00-1111-4222-8333-444455556666' },
    chat_messages: messages,
    ...more,
  };
}

/** A prompt of AI Studio around the given chunks. */
export function aistudioPrompt(chunks: readonly unknown[], more: object = {}): Record<string, unknown> {
  return {
    runSettings: { model: 'models/gemini-3-pro', temperature: 1 },
    systemInstruction: {},
    chunkedPrompt: { chunks },
    ...more,
  };
}
