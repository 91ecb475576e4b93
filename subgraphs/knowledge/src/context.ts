import { viewerFromClaims } from '@colloquy/domain';
import type { Graph } from '@colloquy/graph';
import { type Identity, type Log, readClaims } from '@colloquy/service';
import type { GraphQLSchema } from 'graphql';
import { toClientError } from './errors.ts';
import { ItemReader } from './items/item-reader.ts';
import { readItems } from './items/library.ts';

/** What resolvers see; made once per operation. */
export interface KnowledgeContext {
  items: ItemReader;
  /** Asks the graph on behalf of the caller's tenant; errors are those that a client may see. */
  ask<T>(question: (graph: Graph, tenantId: string) => Promise<T>): Promise<T>;
}

/** Throws (UNAUTHENTICATED) when the identity's claims name no tenant. */
export function createContext(
  parts: { graph: Graph; library: GraphQLSchema; log: Log },
  identity: Identity,
): KnowledgeContext {
  const { graph, library, log } = parts;
  const { tenantId } = readClaims(identity, viewerFromClaims);
  const ask: KnowledgeContext['ask'] = async (question) => {
    try {
      return await question(graph, tenantId);
    } catch (error) {
      throw toClientError(error, log);
    }
  };
  const items = new ItemReader((ids, document) => ask(() => readItems(graph, library, { tenantId, ids, document })));
  return { items, ask };
}
