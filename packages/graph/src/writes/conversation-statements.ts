import type { GraphRelation } from '../model.ts';
import { type Labels, RELATIONS } from '../schema/labels.ts';

/*
 * The statements of one conversation's projection, in the order in which they run. All of them name the tenant.
 * An item that a relation points at before its own conversation came is a placeholder: `projected` is false, and it
 * has no other property than its id and tenant. It is completed by its conversation, and goes with its last relation.
 */

export function storedRevision({ conversation }: Labels): string {
  return `
MATCH (c:${conversation} {id: $conversationId, tenantId: $tenantId})
RETURN c.revision AS revision`;
}

export function upsertConversation({ conversation }: Labels): string {
  return `
MERGE (c:${conversation} {id: $conversationId, tenantId: $tenantId})
SET c = {
  id: $conversationId, tenantId: $tenantId, platform: $platform, title: $title,
  startedAt: datetime($startedAt), endedAt: datetime($endedAt),
  messageCount: toInteger($messageCount), revision: toInteger($revision)
}`;
}

/** `$relationKeys` holds "source TYPE target" of the relations that stay. */
export function removeStaleRelations({ item, conversation }: Labels): string {
  return `
MATCH (c:${conversation} {id: $conversationId, tenantId: $tenantId})<-[:EXTRACTED_FROM]-(source:${item})
MATCH (source)-[relation:${RELATIONS}]->(target:${item})
WHERE NOT source.id + ' ' + type(relation) + ' ' + target.id IN $relationKeys
DELETE relation
WITH DISTINCT target
WHERE NOT target.projected AND NOT EXISTS { (target)--() }
DELETE target`;
}

export function removeStaleItems({ item, conversation }: Labels): string {
  return `
MATCH (c:${conversation} {id: $conversationId, tenantId: $tenantId})<-[:EXTRACTED_FROM]-(stale:${item})
WHERE NOT stale.id IN $itemIds
DETACH DELETE stale`;
}

export function upsertItems({ item, conversation }: Labels): string {
  return `
MATCH (c:${conversation} {id: $conversationId, tenantId: $tenantId})
UNWIND $items AS row
MERGE (i:${item} {id: row.id, tenantId: $tenantId})
SET i = {
  id: row.id, tenantId: $tenantId, type: row.type, title: row.title, confidence: row.confidence,
  platform: row.platform, conversationId: $conversationId,
  occurredAt: datetime(row.occurredAt), extractedAt: datetime(row.extractedAt),
  tags: row.tags, revision: toInteger($revision), projected: true
}
MERGE (i)-[extracted:EXTRACTED_FROM]->(c)
SET extracted = {message_ids: row.messageIds, extraction_confidence: row.confidence}`;
}

/** The properties that `relation-rows.ts` fills, as the requirements name them. */
const RELATION_PROPERTIES: Readonly<Record<GraphRelation['type'], string>> = {
  DEPENDS_ON: 'strength: row.strength, relationship_type: row.relationshipType',
  EVOLVES_TO:
    'similarity_score: row.similarityScore, time_gap_hours: row.timeGapHours, evolution_type: row.evolutionType',
  RELATES_TO: 'relevance_score: row.relevanceScore, context: row.reason',
};

/** Relationship types are no parameters either: one statement per type of a closed set. */
export function upsertRelations({ item }: Labels, type: GraphRelation['type']): string {
  return `
UNWIND $relations AS row
MATCH (source:${item} {id: row.source, tenantId: $tenantId})
MERGE (target:${item} {id: row.target, tenantId: $tenantId})
ON CREATE SET target.projected = false
MERGE (source)-[relation:${type}]->(target)
SET relation = {
  ${RELATION_PROPERTIES[type]},
  confidence: row.confidence, reason: row.reason, created_at: datetime(row.createdAt)
}`;
}

/** Removes conversations, their items, and the placeholders that only they pointed at. */
export function deleteConversations({ item, conversation }: Labels): string[] {
  return [
    `
UNWIND $conversationIds AS conversationId
MATCH (c:${conversation} {id: conversationId, tenantId: $tenantId})<-[:EXTRACTED_FROM]-(source:${item})
MATCH (source)-[relation:${RELATIONS}]->(target:${item})
DELETE relation
WITH DISTINCT target
WHERE NOT target.projected AND NOT EXISTS { (target)--() }
DELETE target`,
    `
UNWIND $conversationIds AS conversationId
MATCH (c:${conversation} {id: conversationId, tenantId: $tenantId})
OPTIONAL MATCH (c)<-[:EXTRACTED_FROM]-(i:${item})
DETACH DELETE i, c`,
  ];
}

/** Removes items, and the placeholders that only they pointed at. */
export function deleteItems({ item }: Labels): string[] {
  return [
    `
UNWIND $itemIds AS itemId
MATCH (source:${item} {id: itemId, tenantId: $tenantId})
MATCH (source)-[relation:${RELATIONS}]->(target:${item})
DELETE relation
WITH DISTINCT target
WHERE NOT target.projected AND NOT EXISTS { (target)--() }
DELETE target`,
    `
UNWIND $itemIds AS itemId
MATCH (i:${item} {id: itemId, tenantId: $tenantId})
DETACH DELETE i`,
  ];
}
