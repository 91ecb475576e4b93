import { storableId, storableText } from '../../conversation/storable.ts';
import type { MessageDraft, TreeNode } from '../../conversation/tree-node.ts';
import { asObject, asText, type JsonObject, objectsIn } from '../../json/values.ts';
import type { ConversationRecord, RecordPart } from '../conversation-record.ts';
import { draftMessage } from './message.ts';

const SYSTEM_INSTRUCTION = 'systemInstruction';

interface Chunk {
  id: string;
  value: JsonObject;
  part: RecordPart;
}

/**
 * The chunks as a tree, below the system instruction when there is one. A chunk replies to its `branchParent`, else to
 * the chunk that lists it in `branchChildren`, else to the chunk before it. Branches into other prompts (`promptId`)
 * are no part of this tree.
 */
export function readNodes(record: ConversationRecord, model: string | null): TreeNode[] {
  const system = systemMessage(record);
  const nodes: TreeNode[] = system
    ? [
        {
          id: SYSTEM_INSTRUCTION,
          parentId: null,
          message: system,
          location: `${record.location}.${SYSTEM_INSTRUCTION}`,
        },
      ]
    : [];
  const chunks = readChunks(record);
  const listedBy = new Map<string, string>();
  for (const { id, value } of chunks) {
    for (const child of objectsIn(value.branchChildren)) {
      const childId = asText(child.id);
      if (childId !== null && childId !== id && !listedBy.has(childId)) listedBy.set(childId, id);
    }
  }
  for (const { id, value, part } of chunks) {
    const parent = asText(asObject(value.branchParent)?.id) ?? listedBy.get(id) ?? nodes.at(-1)?.id ?? null;
    nodes.push({
      id,
      parentId: parent === null ? null : storableId(parent, part.location, record.log),
      message: draftMessage(value, part, model, record.log),
      location: part.location,
    });
  }
  return nodes;
}

/** Chunks rarely have ids: then the place in the file is the id. */
function readChunks(record: ConversationRecord): Chunk[] {
  const chunks: Chunk[] = [];
  for (const part of record.parts()) {
    const value = asObject(part.value);
    if (value === null) record.log.report('INVALID_MESSAGE', part.location, 'Expected an object.');
    else
      chunks.push({ id: storableId(asText(value.id) ?? `chunk:${part.key}`, part.location, record.log), value, part });
  }
  return chunks;
}

function systemMessage({ shell, location, log }: ConversationRecord): MessageDraft | null {
  const instruction = asObject(shell.systemInstruction);
  const text = asText(shell.systemInstruction) ?? asText(instruction?.text) ?? partsOf(instruction);
  if (text.trim() === '') return null;
  return {
    role: 'SYSTEM',
    author: null,
    text: storableText(text, `${location}.${SYSTEM_INSTRUCTION}`, log),
    hidden: true,
    createdAt: null,
    model: null,
    contentType: 'system_instruction',
    raw: JSON.stringify(shell.systemInstruction),
    metadata: {},
  };
}

function partsOf(instruction: JsonObject | null): string {
  return objectsIn(instruction?.parts)
    .map(({ text }) => asText(text) ?? '')
    .join('');
}
