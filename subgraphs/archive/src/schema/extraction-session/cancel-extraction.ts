import { cancelSession, SessionEndedError, sessionLog } from '@colloquy/database';
import { requireRole } from '../../access.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { uuidOf } from '../../ids.ts';
import { loadExisting } from '../../loaders/entity-loader.ts';
import { invalidInput, notFound } from '../errors/results.ts';

export const cancelExtraction: NonNullable<MutationResolvers['cancelExtraction']> = async (_, { input }, context) => {
  const { viewer, store, loaders, bell } = context;
  requireRole(viewer, 'STANDARD', 'stop extractions');
  const sessionId = uuidOf('session', input.sessionId);
  const known = sessionId !== null && (await store.transact((client) => sessionLog(client, sessionId))) !== null;
  if (!known) return notFound(`There is no session ${input.sessionId}.`);
  try {
    await store.transact((client) => cancelSession(client, sessionId));
  } catch (error) {
    if (!(error instanceof SessionEndedError)) throw error;
    return invalidInput('sessionId', 'The session has ended already.', error.code);
  }
  bell.ring(sessionId);
  loaders.session.clear(sessionId);
  return { __typename: 'CancelExtractionPayload', session: await loadExisting(loaders.session, sessionId) };
};
