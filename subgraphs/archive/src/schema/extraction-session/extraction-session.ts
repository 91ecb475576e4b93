import { type SessionStageRecord, sessionList } from '@colloquy/database';
import { toId } from '@colloquy/domain';
import { entitiesOf, rootEntities, valuesOf } from '../../connection/field.ts';
import type { ExtractionSessionResolvers, QueryResolvers } from '../../generated/resolvers.ts';
import { uuidOf } from '../../ids.ts';
import { loadExisting } from '../../loaders/entity-loader.ts';

export const ExtractionSession: ExtractionSessionResolvers = {
  __resolveReference: ({ id }, { loaders }) => {
    const uuid = uuidOf('session', id);
    return uuid === null ? null : loaders.session.load(uuid);
  },
  id: ({ id }) => toId('session', id),
  archive: ({ archiveId }, _, { loaders }) => loadExisting(loaders.archive, archiveId),
  platform: ({ platformId }, _, { loaders }) =>
    platformId === null ? null : loadExisting(loaders.platform, platformId),
  conversations: ({ id }, args, { loaders }) =>
    entitiesOf(loaders.sessionConversations, loaders.conversation, id, args, {}),
  items: ({ id }, args, { loaders }) => entitiesOf(loaders.sessionItems, loaders.item, id, args, {}),
  issues: ({ id }, args, { loaders }) => valuesOf(loaders.sessionIssues, id, args),
  issueCounts: ({ id }, _, { loaders }) => loaders.issueCountsOfSession.load(id),
  unchangedConversationCount: ({ conversationCount, newConversationCount, changedConversationCount }) =>
    unchanged(conversationCount, newConversationCount, changedConversationCount),
  unchangedMessageCount: ({ messageCount, newMessageCount, changedMessageCount }) =>
    unchanged(messageCount, newMessageCount, changedMessageCount),
  stages: ({ id }, _, { loaders }) => loaders.stagesOfSession.load(id),
  seconds: async ({ id, completedAt }, _, { loaders }) => {
    // Stages know when work began; the session itself notes it with the first thing that was done.
    const began = (await loaders.stagesOfSession.load(id)).flatMap(({ startedAt }) => startedAt?.getTime() ?? []);
    return began.length === 0 ? null : Math.max(0, (completedAt?.getTime() ?? Date.now()) - Math.min(...began)) / 1000;
  },
  messagesPerSecond: async ({ id, messageCount }, _, { loaders }) => {
    const parse = parseStage(await loaders.stagesOfSession.load(id));
    return messageCount > 0 && parse?.seconds ? messageCount / parse.seconds : null;
  },
  bytesPerSecond: async ({ id, archiveId }, _, { loaders }) => {
    const parse = parseStage(await loaders.stagesOfSession.load(id));
    if (!parse?.finishedAt || !parse.seconds) return null;
    const { byteSize } = await loadExisting(loaders.archive, archiveId);
    return Number(byteSize) / parse.seconds;
  },
  retries: async ({ id }, _, { loaders }) => (await loadExisting(loaders.retriesOfSession, id)).retries,
};

/** Not below 0: what an archive holds twice can be new at first sight and changed at the second. */
function unchanged(all: number, added: number, changed: number): number {
  return Math.max(0, all - added - changed);
}

function parseStage(stages: readonly SessionStageRecord[]): SessionStageRecord | undefined {
  return stages.find(({ stage }) => stage === 'PARSE');
}

export const extractionSessionQuery: NonNullable<QueryResolvers['extractionSession']> = (_, { id }, { loaders }) => {
  const uuid = uuidOf('session', id);
  return uuid === null ? null : loaders.session.load(uuid);
};

export const extractionSessionsQuery: NonNullable<QueryResolvers['extractionSessions']> = (_, args, context) =>
  rootEntities(context, sessionList, context.loaders.session, args, { status: args.status ?? null });
