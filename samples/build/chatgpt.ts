import type { SourceBlock, SourceConversation } from './source.ts';

/** A record as ChatGPT's exports sometimes hold one: a conversation that lost its messages. It becomes a parse issue. */
export const ODD_RECORD = {
  title: 'New chat',
  create_time: 1771266000.5,
  update_time: 1771266000.5,
  conversation_id: '2f0f1a52-7f6e-4b8e-9d5c-0c0ffee00001',
  current_node: null,
};

/** A conversation as ChatGPT exports it: a `mapping` of nodes below `client-created-root`. */
export function chatgptConversation(source: SourceConversation) {
  const root = 'client-created-root';
  const parentOf = (block: SourceBlock) => block.parent ?? root;
  const children = (id: string) => source.blocks.filter((block) => parentOf(block) === id).map(({ uuid }) => uuid);
  const nodes = source.blocks.map((block) => ({
    id: block.uuid,
    message: message(block),
    parent: parentOf(block),
    children: children(block.uuid),
  }));
  const shown = mainLine(source);
  return {
    title: source.title,
    create_time: seconds(source.start),
    update_time: seconds(shown.at),
    mapping: Object.fromEntries(
      [{ id: root, message: null, parent: null, children: children(root) }, ...nodes].map((node) => [node.id, node]),
    ),
    moderation_results: [],
    current_node: shown.uuid,
    conversation_id: source.uuid,
    id: source.uuid,
    default_model_slug: 'gpt-5',
    is_archived: false,
    is_starred: null,
  };
}

/** The end of the line that was followed; what was asked again from an earlier message is a branch beside it. */
function mainLine({ blocks, title }: SourceConversation): SourceBlock {
  const firstBranch = blocks.findIndex((block) => block.attributes.parent !== undefined);
  const last = blocks.at(firstBranch < 0 ? -1 : firstBranch - 1);
  if (!last) throw new Error(`${title}: no messages.`);
  return last;
}

function message(block: SourceBlock) {
  const hidden = block.attributes.hidden !== undefined;
  const role = block.kind === 'code' ? 'assistant' : block.kind;
  return {
    id: block.uuid,
    author: { role, name: block.attributes.name ?? null, metadata: {} },
    create_time: hidden ? null : seconds(block.at),
    update_time: null,
    content: content(block),
    status: 'finished_successfully',
    end_turn: block.kind === 'assistant' ? true : null,
    weight: hidden ? 0 : 1,
    metadata: {
      ...(role === 'assistant' ? { model_slug: 'gpt-5' } : {}),
      ...(hidden ? { is_visually_hidden_from_conversation: true } : {}),
    },
    recipient: block.attributes.recipient ?? 'all',
    channel: null,
  };
}

function content(block: SourceBlock) {
  if (block.kind === 'code') return { content_type: 'code', language: 'python', text: block.text };
  if (block.kind === 'tool') return { content_type: 'execution_output', text: block.text };
  if (block.attributes.image === undefined) return { content_type: 'text', parts: [block.text] };
  const image = {
    content_type: 'image_asset_pointer',
    asset_pointer: `file-service://file-${block.uuid.slice(0, 8)}`,
    size_bytes: 7_340_112,
    width: 4032,
    height: 3024,
  };
  return { content_type: 'multimodal_text', parts: [image, block.text] };
}

function seconds(date: Date): number {
  return date.getTime() / 1000;
}
