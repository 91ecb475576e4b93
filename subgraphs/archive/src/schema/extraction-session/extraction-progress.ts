import { sessionLog } from '@colloquy/database';
import { toId } from '@colloquy/domain';
import { BadUserInputError } from '@colloquy/service';
import { GraphQLError } from 'graphql';
import type { ArchiveContext } from '../../context.ts';
import type { ExtractionProgressResolvers, SubscriptionResolvers } from '../../generated/resolvers.ts';
import { uuidOf } from '../../ids.ts';
import { loadExisting, loadPresent } from '../../loaders/entity-loader.ts';
import { decodeProgressCursor, encodeProgressCursor } from '../../progress/cursor.ts';
import { followSession } from '../../progress/follow.ts';
import type { ProgressEvent } from '../../progress/progress-event.ts';

export const ExtractionProgress: ExtractionProgressResolvers = {
  cursor: ({ sessionId, sequence }) => encodeProgressCursor(sessionId, sequence),
  session: ({ sessionId }, _, { loaders }) => loadExisting(loaders.session, sessionId),
  newItems: ({ newItemIds }, _, { loaders }) => loadPresent(loaders.item, newItemIds),
};

/** Throws BadUserInputError for an unusable cursor, and a GraphQLError NOT_FOUND for a session that is not the tenant's. */
async function subscribe(
  args: { sessionId: string; after?: string | null },
  context: ArchiveContext,
): Promise<AsyncGenerator<ProgressEvent, void, void>> {
  const sessionId = uuidOf('session', args.sessionId);
  const log = sessionId === null ? null : await context.store.transact((client) => sessionLog(client, sessionId));
  if (sessionId === null || log === null) {
    throw new GraphQLError(`There is no session ${args.sessionId}.`, { extensions: { code: 'NOT_FOUND' } });
  }
  const after = args.after == null ? 0 : decodeProgressCursor(sessionId, args.after);
  if (after === null || after > log.lastSequence) {
    throw new BadUserInputError(`The cursor does not belong to session ${toId('session', sessionId)}.`, {
      argument: 'after',
    });
  }
  return followSession(context, sessionId, after);
}

export const extractionProgress: NonNullable<SubscriptionResolvers['extractionProgress']> = {
  subscribe: (_, args, context) => subscribe(args, context),
  resolve: (event: ProgressEvent) => event,
};
