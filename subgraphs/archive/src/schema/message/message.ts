import { toId } from '@colloquy/domain';
import { checkFirst } from '../../connection/page-arguments.ts';
import type { MessageResolvers } from '../../generated/resolvers.ts';
import { uuidOf } from '../../ids.ts';
import { loadExisting, loadPresent } from '../../loaders/entity-loader.ts';

export const Message: MessageResolvers = {
  __resolveReference: ({ id }, { loaders }) => {
    const uuid = uuidOf('message', id);
    return uuid === null ? null : loaders.message.load(uuid);
  },
  id: ({ id }) => toId('message', id),
  conversation: ({ conversationId }, _, { loaders }) => loadExisting(loaders.conversation, conversationId),
  parent: ({ parentId }, _, { loaders }) => (parentId === null ? null : loaders.message.load(parentId)),
  children: async ({ id }, { first }, { loaders }) => {
    const { entries } = await loaders.replies.page(id, {}, { first: checkFirst(first), after: null });
    return loadPresent(
      loaders.message,
      entries.map((entry) => entry.id),
    );
  },
  revisions: async (message, _, { loaders }) => {
    const former = await loaders.revisionsOfMessage.load(message.id);
    const present = { revision: message.revision, text: message.text, replacedAt: null };
    return [...former, present].sort((a, b) => a.revision - b.revision);
  },
  attachments: ({ id }, _, { loaders }) => loaders.attachmentsOfMessage.load(id),
  raw: async ({ id }, _, { loaders }) => (await loaders.rawMessage.load(id))?.raw,
};
