import type { SourceBlock, SourceConversation } from './source.ts';

/** A prompt as AI Studio stores it: chunks in order, thoughts among them, branches named at both ends. */
export function aistudioPrompt(source: SourceConversation) {
  return {
    id: source.uuid,
    displayName: source.title,
    createTime: source.start.toISOString(),
    updateTime: source.blocks.at(-1)?.at.toISOString(),
    runSettings: { temperature: 1, model: 'models/gemini-3-pro-preview', topP: 0.95, maxOutputTokens: 65_536 },
    systemInstruction: source.system ? { parts: [{ text: source.system }] } : {},
    chunkedPrompt: { chunks: source.blocks.map((block) => chunk(block, source.blocks)), pendingInputs: [] },
  };
}

function chunk(block: SourceBlock, all: readonly SourceBlock[]) {
  const branches = all.filter((other) => other.attributes.parent !== undefined && other.parent === block.uuid);
  return {
    id: block.uuid,
    role: block.kind === 'user' ? 'user' : 'model',
    text: block.text,
    createTime: block.at.toISOString(),
    tokenCount: Math.ceil(block.text.length / 4),
    ...(block.kind === 'thinking' ? { isThought: true } : {}),
    ...(block.kind === 'assistant' ? { finishReason: 'STOP' } : {}),
    ...(block.attributes.parent === undefined ? {} : { branchParent: { id: block.parent } }),
    ...(branches.length > 0 ? { branchChildren: branches.map(({ uuid }) => ({ id: uuid })) } : {}),
  };
}
