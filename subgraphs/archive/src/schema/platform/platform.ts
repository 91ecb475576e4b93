import { allPlatforms } from '@colloquy/database';
import { toId } from '@colloquy/domain';
import type { PlatformResolvers, QueryResolvers } from '../../generated/resolvers.ts';

export const Platform: PlatformResolvers = {
  id: ({ id }) => toId('platform', id),
  // The database checks that it is an array.
  supportedFormats: ({ supportedFormats }) => supportedFormats as string[],
};

export const platformsQuery: NonNullable<QueryResolvers['platforms']> = (_, _args, { store }) =>
  store.read(allPlatforms);
