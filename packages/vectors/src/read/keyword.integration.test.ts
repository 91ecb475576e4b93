import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testStores } from '../../../../tests/support/stores.ts';
import { chunk, newTarget, project } from '../../tests/chunks.ts';
import { openVectorIndex } from '../index.ts';

/** Weaviate 1.35 prunes wrongly in what it has not yet flushed, unless BLOCKMAX_WAND_PER_SEGMENT_LIMIT is high (README). */
const index = openVectorIndex(testStores().weaviate);
const target = newTarget();
const wanted = ['graph', 'budget', 'remote'];
const others = ['plan', 'store', 'search', 'import', 'button', 'design', 'market'];
/** Texts that hold one of the wanted words; the best ones hold all three. */
const filler = (seed: number, length: number) =>
  [wanted[seed % 3], ...Array.from({ length }, (_, at) => others[(seed * 7 + at * at) % others.length])].join(' ');
const best = Array.from({ length: 5 }, () => chunk({ content: 'graph budget remote' }));

beforeAll(
  () =>
    project(index, target, [
      ...Array.from({ length: 3_000 }, (_, seed) => chunk({ content: filler(seed, 5 + (seed % 60)) })),
      ...best,
      ...Array.from({ length: 500 }, (_, seed) => chunk({ content: filler(seed, 40) })),
    ]).then(() => index.activate(target)),
  60_000,
);
afterAll(async () => {
  await index.dropTenant(target);
  await index.close();
});

test('the best keyword matches come first as soon as they are written', async () => {
  const page = await index.search({
    tenantId: target.tenantId,
    mode: 'KEYWORD',
    text: 'graph budget remote',
    limit: 5,
  });
  expect(page?.hits.map(({ ownerId }) => ownerId).sort()).toEqual(best.map(({ ownerId }) => ownerId).sort());
});
