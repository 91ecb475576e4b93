import { conversationList } from '@colloquy/database';
import { toId } from '@colloquy/domain';
import { entitiesOf, rootEntities } from '../../connection/field.ts';
import type { ConversationResolvers, QueryResolvers } from '../../generated/resolvers.ts';
import { uuidOf } from '../../ids.ts';
import { loadExisting } from '../../loaders/entity-loader.ts';

export const Conversation: ConversationResolvers = {
  __resolveReference: ({ id }, { loaders }) => {
    const uuid = uuidOf('conversation', id);
    return uuid === null ? null : loaders.conversation.load(uuid);
  },
  id: ({ id }) => toId('conversation', id),
  platform: ({ platformId }, _, { loaders }) => loadExisting(loaders.platform, platformId),
  formerTitles: ({ id }, _, { loaders }) => loaders.formerTitlesOfConversation.load(id),
  messages: ({ id }, args, { loaders }) =>
    entitiesOf(args.branch === 'ALL' ? loaders.allMessages : loaders.activeMessages, loaders.message, id, args, {}),
  items: ({ id }, args, { loaders }) => entitiesOf(loaders.conversationItems, loaders.item, id, args, {}),
};

export const conversationQuery: NonNullable<QueryResolvers['conversation']> = (_, { id }, { loaders }) => {
  const uuid = uuidOf('conversation', id);
  return uuid === null ? null : loaders.conversation.load(uuid);
};

export const conversationsQuery: NonNullable<QueryResolvers['conversations']> = (_, args, context) =>
  rootEntities(context, conversationList, context.loaders.conversation, args, args.filter ?? {});
