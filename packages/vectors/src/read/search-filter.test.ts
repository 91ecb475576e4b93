import { describe, expect, test } from '@jest/globals';
import { weaviateFilter } from './search-filter.ts';

const ordinary = { operator: 'Equal', target: { property: 'ordinary' }, value: true };

describe('SearchFilter as Weaviate says it', () => {
  test('without limits, only what is hidden is left out', () => {
    expect(weaviateFilter({})).toEqual(ordinary);
    expect(weaviateFilter({ includeHidden: true })).toBeUndefined();
  });

  test('empty lists limit nothing', () => {
    expect(weaviateFilter({ kinds: [], platforms: [], types: [] })).toEqual(ordinary);
  });

  test('everything at once', () => {
    const from = new Date('2026-01-01T00:00:00Z');
    const to = new Date('2026-02-01T00:00:00Z');
    const filter = weaviateFilter({
      kinds: ['ITEM'],
      platforms: ['chatgpt', 'claude'],
      types: ['LEARNING_MOMENT'],
      minConfidence: 0.5,
      from,
      to,
      conversationId: 'conv_1',
      exceptOwner: 'item_1',
    });
    const on = (property: string, operator: string, value: unknown) => ({ operator, target: { property }, value });
    expect(filter).toEqual({
      operator: 'And',
      value: null,
      filters: [
        ordinary,
        on('ownerKind', 'ContainsAny', ['ITEM']),
        on('platform', 'ContainsAny', ['chatgpt', 'claude']),
        on('intelligenceType', 'ContainsAny', ['LEARNING_MOMENT']),
        on('confidenceScore', 'GreaterThanEqual', 0.5),
        on('occurredAt', 'GreaterThanEqual', from),
        on('occurredAt', 'LessThan', to),
        on('conversationId', 'Equal', 'conv_1'),
        on('ownerId', 'NotEqual', 'item_1'),
      ],
    });
  });
});
