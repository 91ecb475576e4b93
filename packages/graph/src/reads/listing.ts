import type { GraphTransaction } from '../connection/executor.ts';
import type { Slot } from '../model.ts';
import { LABELS } from '../schema/labels.ts';

/** A node or relation as it is stored; times are RFC 3339 texts. For checks that compare whole graphs. */
export interface GraphNode {
  id: string;
  kind: 'item' | 'conversation';
  properties: Record<string, unknown>;
}
export interface GraphEdge {
  type: string;
  source: string;
  target: string;
  properties: Record<string, unknown>;
}

/** Neo4j's times write themselves as RFC 3339; everything else in this graph is plain. */
function plain(properties: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      const isTime = typeof value === 'object' && value !== null && !Array.isArray(value);
      return [name, isTime ? String(value) : value];
    }),
  );
}

/** Every node of one generation of a tenant, by id. Placeholders have `projected: false`. */
export async function listNodes(transaction: GraphTransaction, tenantId: string, slot: Slot): Promise<GraphNode[]> {
  const { item, conversation } = LABELS[slot];
  const { records } = await transaction.run<{ kind: GraphNode['kind']; properties: Record<string, unknown> }>(
    `
MATCH (n:${item}|${conversation} {tenantId: $tenantId})
RETURN CASE WHEN n:${item} THEN 'item' ELSE 'conversation' END AS kind, properties(n) AS properties
ORDER BY n.id`,
    { tenantId },
  );
  return records.map((record) => {
    const properties = plain(record.get('properties'));
    return { id: String(properties.id), kind: record.get('kind'), properties };
  });
}

/** Every relation that starts in one generation of a tenant, by type and ends. */
export async function listEdges(transaction: GraphTransaction, tenantId: string, slot: Slot): Promise<GraphEdge[]> {
  const { records } = await transaction.run<{ type: string; source: string; target: string; properties: object }>(
    `
MATCH (source:${LABELS[slot].item} {tenantId: $tenantId})-[r]->(target)
RETURN type(r) AS type, source.id AS source, target.id AS target, properties(r) AS properties
ORDER BY type, source, target`,
    { tenantId },
  );
  return records.map((record) => {
    const edge = record.toObject();
    return { ...edge, properties: plain(edge.properties as Record<string, unknown>) };
  });
}

/** Revision of each projected conversation of one generation, by conversation id. */
export async function listRevisions(
  transaction: GraphTransaction,
  tenantId: string,
  slot: Slot,
): Promise<Map<string, number>> {
  const { records } = await transaction.run<{ id: string; revision: number }>(
    `MATCH (c:${LABELS[slot].conversation} {tenantId: $tenantId}) RETURN c.id AS id, c.revision AS revision`,
    { tenantId },
  );
  return new Map(records.map((record) => [record.get('id'), record.get('revision')]));
}
