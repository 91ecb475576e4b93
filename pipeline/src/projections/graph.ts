import {
  type Generation,
  type GraphConversationRow,
  inTenant,
  markProjected,
  type Outstanding,
  outstanding,
  readGraphConversations,
  readItems,
  readRelations,
  type StoredItemRow,
  type StoredRelation,
  type TenantScope,
} from '@colloquy/database';
import { toId } from '@colloquy/domain';
import type { ConversationProjection, GraphItem, GraphRelation, Slot } from '@colloquy/graph';
import type { PipelineContext } from '../context.ts';

/** Conversations read and written per round. */
const BATCH = 20;
/**
 * After this long in Neo4j a round notes what it has written and ends early: a Neo4j that was just started plans its
 * first statements for seconds, and what waited for it must see that it goes on.
 */
const ROUND_LIMIT_MS = 1_000;

const SLOTS: Record<Generation['state'], Slot | null> = { ACTIVE: 'active', BUILDING: 'next', RETIRED: null };

/** Brings up to 20 due conversations of the tenant into the graph; the number of those written. Throws when Neo4j is away. */
export async function projectGraph(
  context: PipelineContext,
  scope: TenantScope,
  generation: Generation,
): Promise<number> {
  const slot = SLOTS[generation.state];
  if (!slot) return 0;
  const { due, projections } = await inTenant(context.database, scope, async (client) => {
    const due = await outstanding(client, 'GRAPH', generation.generation, null, BATCH);
    const ids = due.map(({ conversationId }) => conversationId);
    const conversations = await readGraphConversations(client, ids);
    const items = await readItems(client, ids);
    const relations = await readRelations(client, ids);
    return { due, projections: conversations.map((one) => toProjection(one, due, items, relations)) };
  });
  const written = new Set<string>();
  const until = Date.now() + ROUND_LIMIT_MS;
  for (const projection of projections) {
    await context.graph.writeConversation(scope.tenantId, slot, projection);
    written.add(projection.conversation.id);
    if (Date.now() >= until) break;
  }
  const done = due.filter(({ conversationId }) => written.has(toId('conversation', conversationId)));
  if (done.length > 0)
    await inTenant(context.database, scope, (client) => markProjected(client, 'GRAPH', generation.generation, done));
  return done.length;
}

function toProjection(
  conversation: GraphConversationRow,
  due: readonly Outstanding[],
  items: readonly StoredItemRow[],
  relations: readonly StoredRelation[],
): ConversationProjection {
  return {
    conversation: { ...conversation, id: toId('conversation', conversation.id) },
    items: items.filter(({ conversationId }) => conversationId === conversation.id).map(toGraphItem),
    relations: relations
      .filter(({ sourceConversationId }) => sourceConversationId === conversation.id)
      .map(toGraphRelation),
    revision: due.find(({ conversationId }) => conversationId === conversation.id)?.revision ?? 0,
  };
}

function toGraphItem(item: StoredItemRow): GraphItem {
  return {
    id: toId('item', item.id),
    type: item.type,
    title: item.title,
    confidence: item.confidence,
    platform: item.platform,
    occurredAt: item.occurredAt,
    extractedAt: item.extractedAt,
    tags: item.tags,
    messageIds: item.sourceMessageIds.map((id) => toId('message', id)),
  };
}

const text = (value: unknown, otherwise: string) => (typeof value === 'string' ? value : otherwise);
const number = (value: unknown) => (typeof value === 'number' ? value : null);

function toGraphRelation(relation: StoredRelation): GraphRelation {
  const { type, confidence, reason, createdAt, strength, metadata } = relation;
  const base = {
    source: toId('item', relation.sourceId),
    target: toId('item', relation.targetId),
    confidence,
    reason,
    createdAt,
  };
  switch (type) {
    case 'DEPENDS_ON':
      return { ...base, type, strength, relationshipType: text(metadata.relationship_type, 'prerequisite') };
    case 'EVOLVES_TO':
      return {
        ...base,
        type,
        similarityScore: number(metadata.similarity) ?? strength,
        timeGapHours: number(metadata.time_gap_hours),
        evolutionType: text(metadata.evolution_type, 'refinement'),
      };
    case 'RELATES_TO':
      return { ...base, type, relevanceScore: strength };
  }
}
