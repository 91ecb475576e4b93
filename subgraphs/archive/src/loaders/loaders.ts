import {
  activeMessageList,
  allMessageList,
  archivesByIds,
  attachmentsByIds,
  attachmentsOfMessages,
  conversationItemList,
  conversationsByIds,
  deletionsByIds,
  evidenceOfItems,
  formerTitlesOfConversations,
  issueCountsOfSessions,
  itemRelationList,
  itemsByIds,
  messagesByIds,
  platformsByIds,
  rawMessagesByIds,
  relationsByIds,
  replyList,
  retriesOfSessions,
  revisionsOfMessages,
  runsByIds,
  sessionConversationList,
  sessionIssueList,
  sessionItemList,
  sessionsByIds,
  sessionsOfArchives,
  stagesOfSessions,
} from '@colloquy/database';
import type { TenantStore } from '../tenant-store.ts';
import { createEntityLoader } from './entity-loader.ts';
import { createGroupLoader } from './group-loader.ts';
import { createPageLoader } from './page-loader.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** One set per operation: what one operation has read it does not read again, and none sees another's rows. */
export function createLoaders(store: TenantStore) {
  return {
    platform: createEntityLoader(store, platformsByIds),
    archive: createEntityLoader(store, archivesByIds),
    session: createEntityLoader(store, sessionsByIds),
    conversation: createEntityLoader(store, conversationsByIds),
    message: createEntityLoader(store, messagesByIds),
    rawMessage: createEntityLoader(store, rawMessagesByIds),
    attachment: createEntityLoader(store, attachmentsByIds),
    item: createEntityLoader(store, itemsByIds),
    relation: createEntityLoader(store, relationsByIds),
    run: createEntityLoader(store, runsByIds),
    deletion: createEntityLoader(store, deletionsByIds),

    sessionsOfArchive: createGroupLoader(store, sessionsOfArchives, ({ archiveId }) => archiveId),
    stagesOfSession: createGroupLoader(store, stagesOfSessions, ({ sessionId }) => sessionId),
    issueCountsOfSession: createGroupLoader(store, issueCountsOfSessions, ({ sessionId }) => sessionId),
    retriesOfSession: createEntityLoader(store, retriesOfSessions),
    formerTitlesOfConversation: createGroupLoader(
      store,
      formerTitlesOfConversations,
      ({ conversationId }) => conversationId,
    ),
    revisionsOfMessage: createGroupLoader(store, revisionsOfMessages, ({ messageId }) => messageId),
    attachmentsOfMessage: createGroupLoader(store, attachmentsOfMessages, ({ messageId }) => messageId),
    evidenceOfItem: createGroupLoader(store, evidenceOfItems, ({ itemId }) => itemId),

    sessionConversations: createPageLoader(store, sessionConversationList),
    sessionItems: createPageLoader(store, sessionItemList),
    sessionIssues: createPageLoader(store, sessionIssueList),
    activeMessages: createPageLoader(store, activeMessageList),
    allMessages: createPageLoader(store, allMessageList),
    replies: createPageLoader(store, replyList),
    conversationItems: createPageLoader(store, conversationItemList),
    itemRelations: createPageLoader(store, itemRelationList),
  };
}
