import type { IntelligenceType } from '@colloquy/domain';

/** `active` answers; `next` is the generation that a rebuild builds aside until `swapNext`. */
export type Slot = 'active' | 'next';

/** Ids are TypeIDs, such as `conv_01h455vb4pex5vsknk084sn02q`. */
export interface GraphConversation {
  id: string;
  platform: string;
  title: string | null;
  startedAt: Date | null;
  endedAt: Date | null;
  messageCount: number;
}

export interface GraphItem {
  id: string;
  type: IntelligenceType;
  title: string;
  /** 0..1 */
  confidence: number;
  platform: string;
  occurredAt: Date | null;
  extractedAt: Date;
  tags: readonly string[];
  /** Ids of the messages that the item was extracted from, the primary one first. */
  messageIds: readonly string[];
}

interface RelationBase {
  /** An item of the conversation that is written. */
  source: string;
  /** An item of the same tenant, of this or of another conversation. */
  target: string;
  /** 0..1: how sure it is that the relation holds. */
  confidence: number;
  /** Words for a person, naming what connects the two. */
  reason: string;
  createdAt: Date;
}

export interface DependsOn extends RelationBase {
  type: 'DEPENDS_ON';
  /** 0..1 */
  strength: number;
  /** Such as `prerequisite`. */
  relationshipType: string;
}

/** From the earlier item to the later one. */
export interface EvolvesTo extends RelationBase {
  type: 'EVOLVES_TO';
  /** 0..1 */
  similarityScore: number;
  /** Hours from the source's time to the target's; null when one of the two is unknown. */
  timeGapHours: number | null;
  /** Such as `refinement`. */
  evolutionType: string;
}

/** Symmetric in meaning; stored once, in one direction. */
export interface RelatesTo extends RelationBase {
  type: 'RELATES_TO';
  /** 0..1 */
  relevanceScore: number;
}

export type GraphRelation = DependsOn | EvolvesTo | RelatesTo;

/** Everything that the graph holds about one conversation, as of one revision. */
export interface ConversationProjection {
  conversation: GraphConversation;
  items: readonly GraphItem[];
  /** Relations whose source is one of `items`. */
  relations: readonly GraphRelation[];
  /** Grows with every change of the conversation in PostgreSQL; a lower one than the stored one writes nothing. */
  revision: number;
}

/** A path along DEPENDS_ON: each item depends on the one after it. */
export interface DependencyChain {
  /** Number of steps: `itemIds.length - 1`. */
  depth: number;
  itemIds: string[];
}

/** A path along EVOLVES_TO, earliest item first. */
export interface Evolution {
  itemIds: string[];
  /** Mean similarity of the steps, 0..1. */
  similarity: number;
  /** Sum of the steps' hours; null when one step's is unknown. */
  hours: number | null;
}

export interface Hub {
  itemId: string;
  /** Number of relations that touch the item, in either direction. */
  connections: number;
}

/** What was removed from the store, in both generations together. */
export interface RemovedCounts {
  nodes: number;
  edges: number;
}

export interface GraphCounts {
  /** Projected items; an item that is only the target of a relation so far does not count. */
  items: number;
  conversations: number;
  relations: { DEPENDS_ON: number; EVOLVES_TO: number; RELATES_TO: number; EXTRACTED_FROM: number };
}
