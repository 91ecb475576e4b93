import { allPlatforms, findUpload, type SessionStart, startSession } from '@colloquy/database';
import { requireRole } from '../../access.ts';
import type { ArchiveContext } from '../../context.ts';
import type { MutationResolvers, ResolversTypes, ResolversUnionTypes } from '../../generated/resolvers.ts';
import { uuidOf } from '../../ids.ts';
import { type Recognised, recogniseArchive } from '../../import/recognise.ts';
import { loadExisting } from '../../loaders/entity-loader.ts';
import { invalidInput, notFound } from '../errors/results.ts';

type Result = ResolversUnionTypes<ResolversTypes>['ImportArchiveResult'];

export const importArchive: NonNullable<MutationResolvers['importArchive']> = async (_, { input }, context) => {
  requireRole(context.viewer, 'STANDARD', 'import archives');
  const archiveId = uuidOf('archive', input.archiveId);
  const upload = archiveId === null ? null : await context.store.transact((client) => findUpload(client, archiveId));
  if (archiveId === null || upload === null) return notFound(`There is no archive ${input.archiveId}.`);
  const { objectKey, fileName } = upload;
  if (objectKey === null) {
    return invalidInput('archiveId', 'The archive has not been uploaded yet.', 'ARCHIVE_NOT_UPLOADED');
  }

  const platforms = await context.store.read(allPlatforms);
  const wanted = platforms.find(({ name }) => name === input.platform) ?? null;
  if (input.platform != null && wanted === null) {
    const known = platforms.map(({ name }) => name).join(', ');
    return invalidInput(
      'platform',
      `There is no platform "${input.platform}"; there are ${known}.`,
      'UNKNOWN_PLATFORM',
    );
  }
  // Bytes that were recognised once need no second look.
  if (upload.sessionId !== null) return started(context, { archiveId, platformId: null, format: null });
  const recognised = await recogniseArchive(context.objects, { objectKey, fileName }, platforms, wanted);
  if (recognised.kind !== 'archive') return refusal(recognised);
  return started(context, { archiveId, platformId: recognised.platformId, format: recognised.format });
};

async function started({ store, loaders, bell }: ArchiveContext, start: Omit<SessionStart, 'userId'>): Promise<Result> {
  const { sessionId, alreadyImported } = await store.transact((client, { userId }) =>
    startSession(client, { ...start, userId }),
  );
  bell.ring(sessionId);
  loaders.session.clear(sessionId);
  loaders.sessionsOfArchive.clearAll();
  return {
    __typename: 'ImportArchivePayload',
    session: await loadExisting(loaders.session, sessionId),
    alreadyImported,
  };
}

function refusal(recognised: Exclude<Recognised, { kind: 'archive' }>): Result {
  switch (recognised.kind) {
    case 'unsupported': {
      const { message, code, recognised: what, supported } = recognised.error;
      return { __typename: 'UnsupportedFormatError', message, code, recognised: what, supported: [...supported] };
    }
    case 'broken':
      return invalidInput('archiveId', recognised.error.message, recognised.error.code);
    case 'gone':
      return invalidInput(
        'archiveId',
        'The bytes of this archive are gone from the object store. Restore them from a backup, or delete the archive and upload the file again.',
        'OBJECT_NOT_FOUND',
      );
    case 'other-platform': {
      const { format, actual } = recognised;
      return invalidInput('platform', `The archive is ${format}, an export of ${actual}.`, 'PLATFORM_MISMATCH');
    }
  }
}
