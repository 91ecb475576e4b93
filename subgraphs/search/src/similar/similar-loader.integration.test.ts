import { createEmbedder } from '@colloquy/embedding';
import { openVectorIndex, type VectorIndex } from '@colloquy/vectors';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testStores } from '../../../../tests/support/stores.ts';
import { type Corpus, projectCorpus } from '../../tests/corpus.ts';
import { createSimilarLoader } from './similar-loader.ts';

const index = openVectorIndex(testStores().weaviate);
let corpus: Corpus;
beforeAll(async () => {
  const embedder = await createEmbedder({ kind: 'hashing', model: 'hashing' });
  corpus = await projectCorpus(index, embedder);
});
afterAll(async () => {
  await index.dropTenant(corpus.target);
  await index.close();
});

test('many items cost one query for their vectors and one per distinct question, eight at a time', async () => {
  const vectorReads: number[] = [];
  let questions = 0;
  let running = 0;
  let most = 0;
  const counting: VectorIndex = {
    ...index,
    vectorsOfOwners(tenantId, ownerIds) {
      vectorReads.push(ownerIds.length);
      return index.vectorsOfOwners(tenantId, ownerIds);
    },
    async similar(request) {
      questions++;
      most = Math.max(most, ++running);
      try {
        return await index.similar(request);
      } finally {
        running--;
      }
    },
  };
  const loader = createSimilarLoader(counting, corpus.target.tenantId, (error) => error);
  const ids = [...corpus.itemIds, ...corpus.itemIds];
  const answers = await Promise.all([
    ...ids.map((ownerId) => loader.load({ ownerId, kind: 'ITEM', limit: 3, minScore: 0 })),
    ...ids.map((ownerId) => loader.load({ ownerId, kind: 'ITEM', limit: 2, minScore: 0 })),
  ]);
  expect(answers.map((hits) => hits?.length)).toEqual([...ids.map(() => 3), ...ids.map(() => 2)]);
  expect(vectorReads).toEqual([corpus.itemIds.length]);
  expect(questions).toBe(corpus.itemIds.length * 2);
  expect(most).toBe(8);
});
