import { ArchiveNotStoredError, startSession } from '@colloquy/database';
import { requireRole } from '../../access.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { uuidOf } from '../../ids.ts';
import { loadExisting } from '../../loaders/entity-loader.ts';
import { invalidInput, notFound } from '../errors/results.ts';

export const retryExtraction: NonNullable<MutationResolvers['retryExtraction']> = async (_, { input }, context) => {
  const { viewer, store, loaders, bell } = context;
  requireRole(viewer, 'STANDARD', 'import archives');
  const sessionId = uuidOf('session', input.sessionId);
  const session = sessionId === null ? null : await loaders.session.load(sessionId);
  if (session === null) return notFound(`There is no session ${input.sessionId}.`);
  const { id, status, archiveId, platformId, format } = session;
  if (status !== 'FAILED' && status !== 'CANCELLED')
    return invalidInput('sessionId', `The session is ${status}: there is nothing to take up again.`, 'NOT_RETRYABLE');
  try {
    await store.transact((client, { userId }) => startSession(client, { archiveId, platformId, format, userId }));
  } catch (error) {
    if (!(error instanceof ArchiveNotStoredError)) throw error;
    return invalidInput('sessionId', 'The archive of the session is being deleted.', error.code);
  }
  bell.ring(id);
  loaders.session.clear(id);
  return { __typename: 'RetryExtractionPayload', session: await loadExisting(loaders.session, id) };
};
