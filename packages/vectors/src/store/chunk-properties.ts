import type { Collection, WeaviateClient } from 'weaviate-client';
import { collectionName, type ProjectionTarget, weaviateTenant } from '../projection-target.ts';

/** Properties of a stored object; absent where the owner has no such value. */
export type ChunkProperties = {
  content: string;
  ownerId: string;
  ownerKind: string;
  conversationId: string;
  platform: string;
  intelligenceType?: string;
  confidenceScore?: number;
  tags: string[];
  role?: string;
  hidden: boolean;
  /** What a search finds without `includeHidden`: neither hidden nor from a system or tool message. */
  ordinary: boolean;
  occurredAt?: Date;
  start: number;
  end: number;
  chunkNumber: number;
  /** Of the conversation that the projection was made from. */
  revision: number;
};

export type ChunkCollection = Collection<ChunkProperties, string>;

/** The chunks of one target. */
export function chunksOf(client: WeaviateClient, target: ProjectionTarget): ChunkCollection {
  return client.collections
    .use<string, ChunkProperties>(collectionName(target.version))
    .withTenant(weaviateTenant(target));
}
