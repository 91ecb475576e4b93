/** A small document of a format into which one value at a time is put. */
export interface Scaffold {
  document: object;
  /** The container of one message: what is below it is kept in the message's raw JSON, the rest in the conversation's. */
  message: string;
  /** The message of the document that carries `MARKER`: its key or position. */
  probed: string;
  /**
   * What a path needs beside itself in order to mean anything, by the path above it; all that fit are set, in this order.
   * A content of reasoning, for instance, is one only when its type says so.
   */
  contexts: readonly (readonly [above: string, path: string, value: unknown])[];
  /** Values for fields that take only certain ones, by the path; `arrived` is what the field then holds. */
  values: Readonly<Record<string, { value: unknown; arrived?: unknown }>>;
}

export const MARKER = 'the probed message';

const CHATGPT_CONTENT = 'mapping.*.message.content';
const CHATGPT_TYPE = `${CHATGPT_CONTENT}.content_type`;
const CHATGPT_PART = `${CHATGPT_CONTENT}.parts[]`;
const chatgptNode = (id: string, parent: string | null) => ({
  id,
  parent,
  children: [],
  message: {
    id,
    author: { role: 'user', name: null, metadata: {} },
    content: { content_type: 'text', parts: [] },
    weight: 1,
    metadata: {},
  },
});

export const CHATGPT: Scaffold = {
  document: {
    title: 'Scaffold',
    conversation_id: 'scaffold',
    current_node: 'second',
    mapping: {
      first: chatgptNode('first', null),
      second: chatgptNode('second', 'first'),
      probed: { ...chatgptNode('probed', 'second'), marker: MARKER },
      reply: { id: 'reply', message: chatgptNode('reply', null).message },
    },
  },
  message: 'mapping.*',
  probed: 'probed',
  contexts: [
    [CHATGPT_PART, CHATGPT_TYPE, 'multimodal_text'],
    [CHATGPT_PART, `${CHATGPT_PART}.asset_pointer`, 'sediment://part'],
    [`${CHATGPT_PART}.audio_asset_pointer`, `${CHATGPT_PART}.audio_asset_pointer.asset_pointer`, 'sediment://sound'],
    [`${CHATGPT_CONTENT}.assets[]`, `${CHATGPT_CONTENT}.assets[].asset_pointer`, 'sediment://asset'],
    [`${CHATGPT_CONTENT}.screenshot`, `${CHATGPT_CONTENT}.screenshot.asset_pointer`, 'sediment://screenshot'],
    [`${CHATGPT_CONTENT}.thoughts`, CHATGPT_TYPE, 'thoughts'],
    [`${CHATGPT_CONTENT}.content`, CHATGPT_TYPE, 'reasoning_recap'],
    [`${CHATGPT_CONTENT}.user_profile`, CHATGPT_TYPE, 'user_editable_context'],
    [`${CHATGPT_CONTENT}.user_instructions`, CHATGPT_TYPE, 'user_editable_context'],
    [`${CHATGPT_CONTENT}.model_set_context`, CHATGPT_TYPE, 'model_editable_context'],
    [`${CHATGPT_CONTENT}.result`, CHATGPT_TYPE, 'tether_browsing_display'],
    [`${CHATGPT_CONTENT}.summary`, CHATGPT_TYPE, 'tether_browsing_display'],
    [`${CHATGPT_CONTENT}.output_str`, CHATGPT_TYPE, 'citable_code_output'],
    [`${CHATGPT_CONTENT}.name`, CHATGPT_TYPE, 'system_error'],
    [`${CHATGPT_CONTENT}.state`, CHATGPT_TYPE, 'computer_output'],
    [`${CHATGPT_CONTENT}.text`, CHATGPT_TYPE, 'code'],
    ['mapping.*.message.metadata.finished_text', CHATGPT_TYPE, 'code'],
  ],
  values: {
    'mapping.*.message.author.role': { value: 'tool', arrived: 'TOOL' },
    'mapping.*.message.weight': { value: 0 },
    'mapping.*.message.metadata.is_visually_hidden_from_conversation': { value: true },
    [`${CHATGPT_CONTENT}.parts`]: { value: ['some words', 'some more'] },
    'mapping.*.parent': { value: 'first' },
    'mapping.*.children': { value: ['reply'], arrived: 'probed' },
    current_node: { value: 'probed', arrived: 2 },
  },
};

const CLAUDE_BLOCK = 'chat_messages[].content[]';
const claudeMessage = (uuid: string) => ({ uuid, sender: 'human', text: '', content: [{ type: 'text' }] });
const claudeBlocks = (type: string, ...names: string[]) =>
  names.map((name) => [`${CLAUDE_BLOCK}.${name}`, `${CLAUDE_BLOCK}.type`, type] as const);

export const CLAUDE: Scaffold = {
  document: {
    uuid: 'scaffold',
    name: 'Scaffold',
    chat_messages: [claudeMessage('first'), claudeMessage('second'), { ...claudeMessage('probed'), marker: MARKER }],
  },
  message: 'chat_messages[]',
  probed: '2',
  contexts: [
    ...claudeBlocks('thinking', 'thinking', 'summaries', 'cut_off', 'truncated'),
    ...claudeBlocks('tool_use', 'id', 'input', 'name', 'message', 'integration_name'),
    ...claudeBlocks('tool_result', 'tool_use_id', 'content', 'is_error'),
    [`${CLAUDE_BLOCK}.input.content`, `${CLAUDE_BLOCK}.name`, 'artifacts'],
    [`${CLAUDE_BLOCK}.input.content`, `${CLAUDE_BLOCK}.input.id`, 'plan'],
    [`${CLAUDE_BLOCK}.input.file_text`, `${CLAUDE_BLOCK}.input.path`, '/plan.md'],
  ],
  values: {
    'chat_messages[].sender': { value: 'assistant', arrived: 'ASSISTANT' },
    'chat_messages[].parent_message_uuid': { value: 'first' },
    'chat_messages[].content[].cut_off': { value: true },
    'chat_messages[].content[].truncated': { value: true },
  },
};

export const AISTUDIO: Scaffold = {
  document: {
    runSettings: {},
    chunkedPrompt: {
      chunks: [
        { id: 'first', role: 'user', text: 'First.' },
        { id: 'second', role: 'model', text: 'Second.' },
        { id: 'probed', role: 'user', text: '', marker: MARKER },
      ],
    },
  },
  message: 'chunkedPrompt.chunks[]',
  probed: '2',
  contexts: [
    ['chunkedPrompt.pendingInputs[].tokenCount', 'chunkedPrompt.pendingInputs[].text', 'A draft.'],
    ['chunkedPrompt.pendingInputs[].role', 'chunkedPrompt.pendingInputs[].text', 'A draft.'],
  ],
  values: {
    'chunkedPrompt.chunks[].role': { value: 'model', arrived: 'ASSISTANT' },
    'chunkedPrompt.chunks[].isThought': { value: true },
    'chunkedPrompt.chunks[].branchParent.id': { value: 'first' },
  },
};
