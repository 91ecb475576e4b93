import { itemList } from '@colloquy/database';
import { toId } from '@colloquy/domain';
import { entitiesOf, rootEntities } from '../../connection/field.ts';
import type { EvidenceResolvers, IntelligenceItemResolvers, QueryResolvers } from '../../generated/resolvers.ts';
import { uuidOf } from '../../ids.ts';
import { loadExisting } from '../../loaders/entity-loader.ts';

/** The UUID of no row: a filter by something that is no id of ours matches nothing. */
const NOTHING = '00000000-0000-0000-0000-000000000000';

export const IntelligenceItem: IntelligenceItemResolvers = {
  __resolveReference: ({ id }, { loaders }) => {
    const uuid = uuidOf('item', id);
    return uuid === null ? null : loaders.item.load(uuid);
  },
  id: ({ id }) => toId('item', id),
  confidence: ({ confidenceScore }) => confidenceScore.toNumber(),
  completeness: ({ completenessScore }) => completenessScore?.toNumber() ?? null,
  priority: ({ priorityScore }) => priorityScore?.toNumber() ?? null,
  conversation: ({ conversationId }, _, { loaders }) => loadExisting(loaders.conversation, conversationId),
  evidence: ({ id }, _, { loaders }) => loaders.evidenceOfItem.load(id),
  relations: ({ id }, args, { loaders }) =>
    entitiesOf(loaders.itemRelations, loaders.relation, id, args, { type: args.type ?? null }),
};

export const Evidence: EvidenceResolvers = {
  message: ({ messageId }, _, { loaders }) => loadExisting(loaders.message, messageId),
  start: ({ startOffset }) => startOffset,
  end: ({ endOffset }) => endOffset,
};

export const itemQuery: NonNullable<QueryResolvers['item']> = (_, { id }, { loaders }) => {
  const uuid = uuidOf('item', id);
  return uuid === null ? null : loaders.item.load(uuid);
};

export const itemsQuery: NonNullable<QueryResolvers['items']> = (_, args, context) => {
  const { conversationId, ...filter } = args.filter ?? {};
  const conversation = conversationId == null ? null : (uuidOf('conversation', conversationId) ?? NOTHING);
  return rootEntities(context, itemList, context.loaders.item, args, { ...filter, conversationId: conversation });
};
