import type { Slot } from '../model.ts';

/** Node labels of one generation. */
export interface Labels {
  item: string;
  conversation: string;
}

/** Labels are no parameters in Cypher: they come from this closed table alone, never from data. */
export const LABELS: Readonly<Record<Slot, Labels>> = {
  active: { item: 'Intelligence', conversation: 'Conversation' },
  next: { item: 'IntelligenceNext', conversation: 'ConversationNext' },
};

/** A generation that was replaced, until it is deleted; nobody reads it. */
export const RETIRED: Labels = { item: 'IntelligenceRetired', conversation: 'ConversationRetired' };

/** One node per tenant: its lock for writers, and whether a next generation is being built. */
export const TENANT_LABEL = 'GraphTenant';

/** One node per tenant that ever swapped: tells readers that a swap is being committed, or was while they read. */
export const SWAP_LABEL = 'GraphSwap';

/** Relations between items, as a Cypher type expression. */
export const RELATIONS = 'DEPENDS_ON|EVOLVES_TO|RELATES_TO';
