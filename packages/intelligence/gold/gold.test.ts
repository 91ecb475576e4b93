import { describe, expect, test } from '@jest/globals';
import { GOLD_PARTS, goldConversations, goldRelations } from './gold-set.ts';
import { measureItems, measureRelations } from './measure.ts';

/** Floors lie a margin below what the README reports, so that only a real loss fails. */
describe('the gold set', () => {
  test('covers all types and platforms', () => {
    const conversations = GOLD_PARTS.flatMap((part) => goldConversations(part));
    expect(conversations.length).toBeGreaterThanOrEqual(12);
    expect(new Set(conversations.map(({ platform }) => platform))).toEqual(new Set(['chatgpt', 'claude', 'gemini']));
    expect(new Set(conversations.flatMap(({ items }) => items.map(({ type }) => type))).size).toBe(6);
    expect(Object.keys(goldRelations()).sort()).toEqual(['DEPENDS_ON', 'EVOLVES_TO']);
  });

  test.each([
    ['first', 0.88, 0.9],
    ['second', 0.7, 0.76],
    ['third', 0.85, 0.72],
    ['fourth', 0.72, 0.74],
    ['fifth', 0.82, 0.86],
    ['sixth', 0.7, 0.74],
    ['seventh', 0.76, 0.74],
    ['eighth', 0.75, 0.6],
  ] as const)('items of %s', (part, precision, recall) => {
    const measured = measureItems(part);
    expect(measured.precision).toBeGreaterThanOrEqual(precision);
    expect(measured.recall).toBeGreaterThanOrEqual(recall);
  });

  test.each([
    ['EVOLVES_TO', 0.85, 0.7],
    ['DEPENDS_ON', 0.85, 0.65],
  ] as const)('%s', (type, precision, recall) => {
    const measured = measureRelations(type);
    expect(measured.precision).toBeGreaterThanOrEqual(precision);
    expect(measured.recall).toBeGreaterThanOrEqual(recall);
  });
});
