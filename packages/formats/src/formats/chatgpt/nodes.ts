import { storableId } from '../../conversation/storable.ts';
import type { TreeNode } from '../../conversation/tree-node.ts';
import { asArray, asObject, asText, type JsonObject } from '../../json/values.ts';
import type { ConversationRecord, RecordPart } from '../conversation-record.ts';
import { type CanvasSource, withCanvas } from './canvas/canvas-attachments.ts';
import { draftMessage } from './message.ts';

interface SourceNode {
  id: string;
  value: JsonObject;
  part: RecordPart;
}

/** The nodes of `mapping`; `connectors` are those without a message, which stay in the conversation's own JSON. */
export function readNodes(record: ConversationRecord): { nodes: TreeNode[]; connectors: RecordPart[] } {
  const sources = sourceNodes(record);
  const places = placesAmongChildren(sources);
  const nodes: CanvasSource[] = [];
  const connectors: RecordPart[] = [];
  for (const { id, value, part } of sources) {
    const place = places.get(id);
    const message = asObject(value.message);
    if (message === null) connectors.push(part);
    const parent = 'parent' in value ? asText(value.parent) : (place?.parent ?? null);
    const node = {
      id,
      parentId: parent === null ? null : storableId(parent, part.location, record.log),
      message: message && draftMessage(message, id, part, record.log),
      location: part.location,
      rank: place?.rank,
    };
    nodes.push({ node, message });
  }
  return { nodes: withCanvas(nodes, record.log), connectors };
}

function sourceNodes(record: ConversationRecord): SourceNode[] {
  const sources: SourceNode[] = [];
  for (const part of record.parts()) {
    const value = asObject(part.value);
    if (value === null) {
      record.log.report('INVALID_MESSAGE', part.location, 'Expected an object.');
      continue;
    }
    const key = typeof part.key === 'string' && part.key !== '' ? part.key : asText(value.id);
    if (key === null)
      record.log.report('MISSING_MESSAGE_ID', part.location, 'The node has no id; it was named after its place.');
    sources.push({ id: storableId(key ?? `index:${sources.length}`, part.location, record.log), value, part });
  }
  return sources;
}

/** What `children` says: it orders replies, and names the parent of nodes that do not. Many exports leave it empty. */
function placesAmongChildren(sources: readonly SourceNode[]): Map<string, { parent: string; rank: number }> {
  const places = new Map<string, { parent: string; rank: number }>();
  const everyNodeNamesItsParent = sources.every(({ value }) => 'parent' in value);
  for (const { id: parent, value } of sources) {
    const children = asArray(value.children);
    // An only child needs no rank.
    if (children.length < 2 && everyNodeNamesItsParent) continue;
    children.forEach((child, rank) => {
      if (typeof child === 'string' && !places.has(child)) places.set(child, { parent, rank });
    });
  }
  return places;
}
