import { toId } from '@colloquy/domain';
import type { ItemRelationResolvers } from '../../generated/resolvers.ts';
import { uuidOf } from '../../ids.ts';
import { loadExisting } from '../../loaders/entity-loader.ts';

export const ItemRelation: ItemRelationResolvers = {
  __resolveReference: ({ id }, { loaders }) => {
    const uuid = uuidOf('relation', id);
    return uuid === null ? null : loaders.relation.load(uuid);
  },
  id: ({ id }) => toId('relation', id),
  source: ({ sourceId }, _, { loaders }) => loadExisting(loaders.item, sourceId),
  target: ({ targetId }, _, { loaders }) => loadExisting(loaders.item, targetId),
  strength: ({ strength }) => strength.toNumber(),
  confidence: ({ confidence }) => confidence.toNumber(),
};
