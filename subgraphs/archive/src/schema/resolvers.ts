import { connectionResolvers } from '../connection/field.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { Attachment } from './attachment/attachment.ts';
import { Conversation, conversationQuery, conversationsQuery } from './conversation/conversation.ts';
import { deleteConversation } from './deletion/delete-conversation.ts';
import { deleteMessage } from './deletion/delete-message.ts';
import { Deletion, deletionQuery, deletionsQuery } from './deletion/deletion.ts';
import { cancelExtraction } from './extraction-session/cancel-extraction.ts';
import { ExtractionProgress, extractionProgress } from './extraction-session/extraction-progress.ts';
import {
  ExtractionSession,
  extractionSessionQuery,
  extractionSessionsQuery,
} from './extraction-session/extraction-session.ts';
import { retryExtraction } from './extraction-session/retry-extraction.ts';
import { Evidence, IntelligenceItem, itemQuery, itemsQuery } from './item/intelligence-item.ts';
import { ItemRelation } from './item/item-relation.ts';
import { rateItem } from './item/rate-item.ts';
import { Message } from './message/message.ts';
import { nodeQuery } from './node/node.ts';
import { Platform, platformsQuery } from './platform/platform.ts';
import { ProjectionRun, projectionRunQuery } from './projection/projection-run.ts';
import { rebuildProjection } from './projection/rebuild-projection.ts';
import { DateTime, JSONScalar, SafeInt } from './scalars/scalars.ts';
import { createArchiveUpload } from './source-archive/create-archive-upload.ts';
import { deleteArchive } from './source-archive/delete-archive.ts';
import { exportArchive } from './source-archive/export-archive.ts';
import { importArchive } from './source-archive/import-archive.ts';
import { SourceArchive } from './source-archive/source-archive.ts';
import { viewerQuery } from './viewer/viewer.ts';

/** The table of contents of this subgraph. Unions and interfaces are told apart by the `__typename` of their values. */
export const resolvers: Resolvers = {
  DateTime,
  JSON: JSONScalar,
  SafeInt,

  Query: {
    node: nodeQuery,
    viewer: viewerQuery,
    platforms: platformsQuery,
    extractionSession: extractionSessionQuery,
    extractionSessions: extractionSessionsQuery,
    conversation: conversationQuery,
    conversations: conversationsQuery,
    item: itemQuery,
    items: itemsQuery,
    projectionRun: projectionRunQuery,
    deletion: deletionQuery,
    deletions: deletionsQuery,
  },
  Mutation: {
    createArchiveUpload,
    importArchive,
    exportArchive,
    deleteArchive,
    cancelExtraction,
    retryExtraction,
    deleteConversation,
    deleteMessage,
    rateItem,
    rebuildProjection,
  },
  Subscription: { extractionProgress },

  Platform,
  SourceArchive,
  ExtractionSession,
  ExtractionProgress,
  Conversation,
  Message,
  Attachment,
  IntelligenceItem,
  Evidence,
  ItemRelation,
  ProjectionRun,
  Deletion,

  ExtractionSessionConnection: connectionResolvers,
  ParseIssueConnection: connectionResolvers,
  ConversationConnection: connectionResolvers,
  MessageConnection: connectionResolvers,
  IntelligenceItemConnection: connectionResolvers,
  ItemRelationConnection: connectionResolvers,
  DeletionConnection: connectionResolvers,
};
