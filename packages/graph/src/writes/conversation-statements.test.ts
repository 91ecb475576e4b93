import { RELATION_TYPES } from '@colloquy/domain';
import { describe, expect, test } from '@jest/globals';
import { LABELS } from '../schema/labels.ts';
import {
  deleteConversations,
  deleteItems,
  removeStaleItems,
  removeStaleRelations,
  storedRevision,
  upsertConversation,
  upsertItems,
  upsertRelations,
} from './conversation-statements.ts';
import { SWAP_STATEMENTS } from './generations.ts';

const all = (slot: 'active' | 'next') => {
  const labels = LABELS[slot];
  return [
    storedRevision(labels),
    upsertConversation(labels),
    removeStaleRelations(labels),
    removeStaleItems(labels),
    upsertItems(labels),
    ...RELATION_TYPES.map((type) => upsertRelations(labels, type)),
    ...deleteConversations(labels),
    ...deleteItems(labels),
  ];
};

describe('statements of a conversation', () => {
  test('are the golden ones', () => {
    expect(all('active').join('\n')).toMatchSnapshot();
  });

  test('of the next generation differ in their labels alone', () => {
    const relabelled = all('next').map((statement) =>
      statement.replaceAll(/\b(Intelligence|Conversation)Next\b/g, '$1'),
    );
    expect(relabelled).toEqual(all('active'));
  });

  test('each names the tenant of every node that it looks up', () => {
    for (const statement of [...all('active'), ...all('next'), ...SWAP_STATEMENTS]) {
      expect(statement).toContain('tenantId: $tenantId');
    }
  });
});

test('a swap is the golden one', () => {
  expect(SWAP_STATEMENTS.join('\n')).toMatchSnapshot();
});
