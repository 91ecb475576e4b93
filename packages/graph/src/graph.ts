import type { GraphConfig } from './connection/config.ts';
import { Executor, type GraphTransaction } from './connection/executor.ts';
import type {
  ConversationProjection,
  DependencyChain,
  Evolution,
  GraphCounts,
  Hub,
  RemovedCounts,
  Slot,
} from './model.ts';
import { consistentRead } from './reads/consistent-read.ts';
import { counts } from './reads/counts.ts';
import { dependencyChains } from './reads/dependency-chains.ts';
import { evolutions } from './reads/evolutions.ts';
import { hubs } from './reads/hubs.ts';
import { type GraphEdge, type GraphNode, listEdges, listNodes, listRevisions } from './reads/listing.ts';
import { ensureSchema } from './schema/ensure-schema.ts';
import { beginNext, swapNext } from './writes/generations.ts';
import { removeConversations, removeItems } from './writes/remove.ts';
import { writeConversation } from './writes/write-conversation.ts';

/**
 * The knowledge graph in Neo4j. Every call names its tenant and sees or touches nothing else. Every call but `close`
 * throws GraphUnavailableError within 5 s when Neo4j does not answer, and works again by itself when it does.
 */
export interface Graph {
  /** Throws GraphUnavailableError when Neo4j does not answer. */
  ping(): Promise<void>;
  /** Creates missing constraints and indexes. The first write of a process does so by itself. */
  ensureSchema(): Promise<void>;

  /**
   * Makes the graph hold exactly this projection of the conversation: items and relations that are no longer in it go.
   * One transaction, idempotent. A lower revision than the stored one changes nothing. A relation may point at an item
   * that is not projected yet. What goes to `active` while a next generation is being built goes to both.
   * Throws InvalidProjectionError, ForeignIdError, or (slot `next`) NoNextGenerationError.
   */
  writeConversation(tenantId: string, slot: Slot, projection: ConversationProjection): Promise<void>;
  /** Removes conversations with their items from both generations, in one transaction; does nothing when there are none. */
  deleteConversations(tenantId: string, conversationIds: readonly string[]): Promise<RemovedCounts>;
  /** Removes items with their relations from both generations, in one transaction; does nothing when there are none. */
  deleteItems(tenantId: string, itemIds: readonly string[]): Promise<RemovedCounts>;

  /** Starts an empty next generation; what an aborted rebuild left is thrown away. */
  beginNext(tenantId: string): Promise<void>;
  /**
   * Puts the next generation in the active one's place, in one transaction, while readers go on. Throws
   * NoNextGenerationError when none is being built: on a second attempt that means that the first one came through.
   */
  swapNext(tenantId: string): Promise<void>;

  /** Chains of dependencies that begin at an item, the shortest first; null when the item is not projected. */
  dependencyChains(
    tenantId: string,
    query: { of: string; maxDepth: number; first: number },
  ): Promise<DependencyChain[] | null>;
  /** Evolutions between platforms (null: any), the most similar first. */
  evolutions(
    tenantId: string,
    query: { from: string | null; to: string | null; maxHops: 1 | 2 | 3; first: number },
  ): Promise<Evolution[]>;
  /** Items with more than `moreThan` relations, the most connected first. */
  hubs(tenantId: string, query: { moreThan: number; first: number }): Promise<Hub[]>;
  /**
   * Read-only transaction for a library that writes its own Cypher; `work` may run several times, and what it throws
   * is passed on. The statements have to filter by `tenantId` themselves.
   */
  read<T>(tenantId: string, work: (transaction: GraphTransaction) => Promise<T>): Promise<T>;

  counts(tenantId: string, slot?: Slot): Promise<GraphCounts>;
  /** Revision of each projected conversation. */
  revisions(tenantId: string, slot?: Slot): Promise<Map<string, number>>;
  /** The whole of one tenant's graph, for checks that compare it with its source. */
  listNodes(tenantId: string, slot?: Slot): Promise<GraphNode[]>;
  listEdges(tenantId: string, slot?: Slot): Promise<GraphEdge[]>;

  close(): Promise<void>;
}

/** Opens no connection yet, and so never throws because the store is away. */
export function openGraph(config: GraphConfig): Graph {
  const executor = new Executor(config);
  let schema: Promise<void> | null = null;

  function schemaOnce(): Promise<void> {
    schema ??= ensureSchema(executor).catch((error: unknown) => {
      schema = null;
      throw error;
    });
    return schema;
  }

  async function write<T>(work: () => Promise<T>): Promise<T> {
    await schemaOnce();
    return await work();
  }

  const read = <T>(tenantId: string, work: (transaction: GraphTransaction) => Promise<T>) =>
    consistentRead(executor, tenantId, work);

  return {
    ping: () => executor.ping(),
    ensureSchema: () => ensureSchema(executor),
    writeConversation: (tenantId, slot, projection) =>
      write(() => writeConversation(executor, tenantId, slot, projection)),
    deleteConversations: (tenantId, conversationIds) =>
      write(() => removeConversations(executor, tenantId, conversationIds)),
    deleteItems: (tenantId, itemIds) => write(() => removeItems(executor, tenantId, itemIds)),
    beginNext: (tenantId) => write(() => beginNext(executor, tenantId)),
    swapNext: (tenantId) => write(() => swapNext(executor, tenantId)),
    dependencyChains: (tenantId, query) => read(tenantId, (t) => dependencyChains(t, tenantId, query)),
    evolutions: (tenantId, query) => read(tenantId, (t) => evolutions(t, tenantId, query)),
    hubs: (tenantId, query) => read(tenantId, (t) => hubs(t, tenantId, query)),
    read,
    counts: (tenantId, slot = 'active') => read(tenantId, (t) => counts(t, tenantId, slot)),
    revisions: (tenantId, slot = 'active') => read(tenantId, (t) => listRevisions(t, tenantId, slot)),
    listNodes: (tenantId, slot = 'active') => read(tenantId, (t) => listNodes(t, tenantId, slot)),
    listEdges: (tenantId, slot = 'active') => read(tenantId, (t) => listEdges(t, tenantId, slot)),
    close: () => executor.close(),
  };
}
