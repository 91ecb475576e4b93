import { RELATION_TYPES, type RelationType } from '@colloquy/domain';
import { InvalidProjectionError } from '../errors.ts';
import type { ConversationProjection, GraphItem, GraphRelation } from '../model.ts';

/** Rows of one UNWIND: large enough to save round trips, small enough to keep a statement's memory low. */
const BATCH = 1_000;

/** A projection as the parameters of its statements. */
export interface ProjectionRows {
  conversation: Record<string, unknown>;
  itemIds: string[];
  items: Record<string, unknown>[][];
  relationKeys: string[];
  relations: { type: RelationType; batches: Record<string, unknown>[][] }[];
}

function inBatches<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, n) => rows.slice(n * BATCH, (n + 1) * BATCH));
}

const time = (date: Date | null) => date?.toISOString() ?? null;

function itemRow({ messageIds, occurredAt, extractedAt, tags, ...item }: GraphItem): Record<string, unknown> {
  return {
    ...item,
    tags: [...tags],
    messageIds: [...messageIds],
    occurredAt: time(occurredAt),
    extractedAt: time(extractedAt),
  };
}

function relationRow({ createdAt, ...relation }: GraphRelation): Record<string, unknown> {
  return { ...relation, createdAt: time(createdAt) };
}

function checkRelations(itemIds: ReadonlySet<string>, relations: readonly GraphRelation[]): void {
  for (const { source, target, type } of relations) {
    if (!itemIds.has(source)) {
      throw new InvalidProjectionError(`${type} ${source} -> ${target}: the source is no item of this conversation.`);
    }
    if (source === target) throw new InvalidProjectionError(`${type} ${source}: an item cannot relate to itself.`);
  }
}

/** Throws InvalidProjectionError when a relation's source is not among the items, or is its own target. */
export function projectionRows(projection: ConversationProjection): ProjectionRows {
  const { conversation, items, relations, revision } = projection;
  const itemIds = items.map(({ id }) => id);
  checkRelations(new Set(itemIds), relations);
  return {
    conversation: {
      platform: conversation.platform,
      title: conversation.title,
      startedAt: time(conversation.startedAt),
      endedAt: time(conversation.endedAt),
      messageCount: conversation.messageCount,
      revision,
    },
    itemIds,
    items: inBatches(items.map(itemRow)),
    relationKeys: relations.map(({ source, type, target }) => `${source} ${type} ${target}`),
    relations: RELATION_TYPES.map((type) => ({
      type,
      batches: inBatches(relations.filter((relation) => relation.type === type).map(relationRow)),
    })),
  };
}
