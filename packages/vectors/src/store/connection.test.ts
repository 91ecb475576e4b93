import { expect, test } from '@jest/globals';
import { VectorStoreUnavailableError } from '../errors.ts';
import { openVectorIndex } from '../vector-index.ts';

test('a store that nobody serves is unavailable at once, and opening it is no error', async () => {
  const warnings: string[] = [];
  const log = { warn: (_: object, message: string) => warnings.push(message), info: () => {} };
  const index = openVectorIndex({ url: 'http://127.0.0.1:1', grpcUrl: 'http://127.0.0.1:2', log });
  expect(await index.ready()).toBe(false);
  for (let attempt = 0; attempt < 3; attempt++) {
    await expect(index.activeTarget('tenant')).rejects.toThrow(VectorStoreUnavailableError);
  }
  expect(warnings).toEqual(['Weaviate does not answer']);
  await index.close();
});
