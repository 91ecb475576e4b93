import type { SourceBlock, SourceConversation } from './source.ts';

const ROOT = '00000000-0000-4000-8000-000000000000';

/** A conversation as Claude exports it: messages with typed blocks that name their parent. */
export function claudeConversation(source: SourceConversation) {
  const messages: unknown[] = [];
  let blocks: unknown[] = [];
  for (const block of source.blocks) {
    if (block.kind === 'user' || block.kind === 'assistant') {
      messages.push(message(block, blocks));
      blocks = [];
    } else blocks.push(typedBlock(block));
  }
  return {
    uuid: source.uuid,
    name: source.title,
    summary: '',
    created_at: source.start.toISOString(),
    updated_at: source.blocks.at(-1)?.at.toISOString(),
    account: { uuid: '7b1d0c52-93a4-4f0e-8a55-0c0ffee00002' },
    chat_messages: messages,
  };
}

function message(block: SourceBlock, before: unknown[]) {
  const time = block.at.toISOString();
  const text = { type: 'text', start_timestamp: time, stop_timestamp: time, text: block.text, citations: [] };
  // The flat text of an export names each block that it cannot show.
  const unsupported = before.length > 0 ? 'This block is not supported on your current device yet.\n\n' : '';
  return {
    uuid: block.uuid,
    text: unsupported + block.text,
    content: [...before, text],
    sender: block.kind === 'user' ? 'human' : 'assistant',
    created_at: time,
    updated_at: time,
    attachments: [],
    files: [],
    parent_message_uuid: block.parent ?? ROOT,
  };
}

function typedBlock({ kind, text, attributes, uuid, at }: SourceBlock) {
  const times = { start_timestamp: at.toISOString(), stop_timestamp: at.toISOString() };
  if (kind === 'thinking') return { type: 'thinking', ...times, thinking: text, summaries: [], cut_off: false };
  if (kind === 'tool_use') {
    const input = { id: uuid.slice(0, 8), type: 'application/vnd.ant.code', title: attributes.title, command: 'create' };
    return { type: 'tool_use', ...times, name: attributes.name, input: { ...input, content: text, language: 'typescript' } };
  }
  if (kind === 'tool_result') {
    return { type: 'tool_result', ...times, name: attributes.name, content: [{ type: 'text', text }], is_error: false };
  }
  throw new Error(`A Claude export has no ${kind}.`);
}
