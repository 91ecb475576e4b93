import { mintUuid, toId } from '@colloquy/domain';
import type { ConversationProjection, DependsOn, EvolvesTo, GraphItem, RelatesTo } from '../model.ts';

/** Projections with every required property, for tests that care about a few of them. */
export const newTenant = (): string => mintUuid();
export const newItemId = (): string => toId('item', mintUuid());
export const newConversationId = (): string => toId('conversation', mintUuid());

const MOMENT = new Date('2024-03-01T10:00:00.000Z');

export function item(given: Partial<GraphItem> = {}): GraphItem {
  return {
    id: newItemId(),
    type: 'TECHNICAL_DECISION',
    title: 'Keep sessions in Redis',
    confidence: 0.8,
    platform: 'chatgpt',
    occurredAt: MOMENT,
    extractedAt: MOMENT,
    tags: ['redis', 'sessions'],
    messageIds: [toId('message', mintUuid())],
    ...given,
  };
}

const relation = { confidence: 0.9, reason: 'Both speak of sessions.', createdAt: MOMENT };

export function dependsOn(source: string, target: string, given: Partial<DependsOn> = {}): DependsOn {
  return { ...relation, type: 'DEPENDS_ON', source, target, strength: 0.7, relationshipType: 'prerequisite', ...given };
}

export function evolvesTo(source: string, target: string, given: Partial<EvolvesTo> = {}): EvolvesTo {
  return {
    ...relation,
    type: 'EVOLVES_TO',
    source,
    target,
    similarityScore: 0.8,
    timeGapHours: 24,
    evolutionType: 'refinement',
    ...given,
  };
}

export function relatesTo(source: string, target: string, given: Partial<RelatesTo> = {}): RelatesTo {
  return { ...relation, type: 'RELATES_TO', source, target, relevanceScore: 0.6, ...given };
}

export function projection(given: Partial<ConversationProjection> = {}): ConversationProjection {
  return {
    conversation: {
      id: newConversationId(),
      platform: 'chatgpt',
      title: 'Session store',
      startedAt: MOMENT,
      endedAt: MOMENT,
      messageCount: 12,
    },
    items: [],
    relations: [],
    revision: 1,
    ...given,
  };
}
