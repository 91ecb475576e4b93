import { describe, expect, test } from '@jest/globals';
import { InvalidProjectionError } from '../errors.ts';
import { dependsOn, evolvesTo, item, newItemId, projection, relatesTo } from '../testing/index.ts';
import { projectionRows } from './projection-rows.ts';

describe('projectionRows', () => {
  test('writes times as RFC 3339 and keeps unknown ones null', () => {
    const known = item();
    const unknown = item({ occurredAt: null });
    const { items } = projectionRows(projection({ items: [known, unknown] }));
    expect(items.flat().map((row) => row.occurredAt)).toEqual(['2024-03-01T10:00:00.000Z', null]);
  });

  test('groups relations by type and names each by its ends', () => {
    const [a, b] = [item(), item()];
    const far = newItemId();
    const rows = projectionRows(
      projection({ items: [a, b], relations: [relatesTo(b.id, far), dependsOn(a.id, b.id), evolvesTo(a.id, far)] }),
    );
    expect(rows.relations.map(({ type, batches }) => [type, batches.flat().length])).toEqual([
      ['DEPENDS_ON', 1],
      ['EVOLVES_TO', 1],
      ['RELATES_TO', 1],
    ]);
    expect(rows.relationKeys).toContain(`${a.id} DEPENDS_ON ${b.id}`);
  });

  test('splits what is more than one statement should carry', () => {
    const rows = projectionRows(projection({ items: Array.from({ length: 2_500 }, () => item()) }));
    expect(rows.items.map((batch) => batch.length)).toEqual([1_000, 1_000, 500]);
  });

  test('refuses a relation from an item of another conversation, and one of an item with itself', () => {
    const own = item();
    const foreign = dependsOn(newItemId(), own.id);
    expect(() => projectionRows(projection({ items: [own], relations: [foreign] }))).toThrow(InvalidProjectionError);
    const loop = dependsOn(own.id, own.id);
    expect(() => projectionRows(projection({ items: [own], relations: [loop] }))).toThrow(InvalidProjectionError);
  });
});
