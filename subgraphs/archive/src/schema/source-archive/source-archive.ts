import { toId } from '@colloquy/domain';
import type { SourceArchiveResolvers } from '../../generated/resolvers.ts';
import { uuidOf } from '../../ids.ts';
import { loadExisting } from '../../loaders/entity-loader.ts';

export const SourceArchive: SourceArchiveResolvers = {
  __resolveReference: ({ id }, { loaders }) => {
    const uuid = uuidOf('archive', id);
    return uuid === null ? null : loaders.archive.load(uuid);
  },
  id: ({ id }) => toId('archive', id),
  byteSize: ({ byteSize }) => Number(byteSize),
  // Bytes that came twice are kept once, under the archive that came first.
  sha256: async ({ sha256, sameAs }, _, { loaders }) =>
    sameAs === null ? sha256 : (await loadExisting(loaders.archive, sameAs)).sha256,
  sessions: ({ id, sameAs }, _, { loaders }) => loaders.sessionsOfArchive.load(sameAs ?? id),
};
