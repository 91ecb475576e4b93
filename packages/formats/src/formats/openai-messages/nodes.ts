import { createHash } from 'node:crypto';
import { storableId } from '../../conversation/storable.ts';
import type { TreeNode } from '../../conversation/tree-node.ts';
import { asObject, asText, type JsonObject } from '../../json/values.ts';
import type { ConversationRecord } from '../conversation-record.ts';
import { draftMessage } from './message.ts';
import { callsOf } from './tool-calls.ts';

/** The messages as a chain in the order of the list, and their JSON. `model` is the one of the whole conversation. */
export function readNodes(
  record: ConversationRecord,
  model: string | null,
): { nodes: TreeNode[]; values: JsonObject[] } {
  const { log } = record;
  const nodes: TreeNode[] = [];
  const values: JsonObject[] = [];
  const names = new MessageNames();
  const tools = new Map<string, string>();
  for (const part of record.parts()) {
    const value = asObject(part.value);
    if (value === null) {
      log.report('INVALID_MESSAGE', part.location, 'Expected an object.');
      continue;
    }
    for (const { id, name } of callsOf(value)) if (id !== null) tools.set(id, name);
    values.push(value);
    nodes.push({
      id: storableId(asText(value.id) ?? names.next(value), part.location, log),
      parentId: nodes.at(-1)?.id ?? null,
      message: draftMessage(value, part, { model, tools }, log),
      location: part.location,
    });
  }
  return { nodes, values };
}

/** Messages of this format have no ids: equal ones are told apart by counting them from the first. */
class MessageNames {
  readonly #counts = new Map<string, number>();

  next(message: JsonObject): string {
    const hash = createHash('sha256').update(JSON.stringify(message)).digest('hex');
    const count = (this.#counts.get(hash) ?? 0) + 1;
    this.#counts.set(hash, count);
    return count === 1 ? `content:${hash}` : `content:${hash}:${count}`;
  }
}
