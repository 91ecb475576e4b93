import { expect, test } from '@jest/globals';
import { QueryEmbedder } from './query-embedder.ts';

test('a model that is missing fails each query, not the process', async () => {
  const embedder = new QueryEmbedder({ kind: 'local', model: 'all-MiniLM-L6-v2', modelFolder: '/nowhere', threads: 1 });
  expect(embedder.state).toBe('idle');
  await embedder.warm();
  expect(embedder.state).toBe('failed');
  await expect(embedder.embedQuery('truth')).rejects.toMatchObject({ code: 'EMBEDDER_UNAVAILABLE' });
  await embedder.close();
});

test('a query vector names its version', async () => {
  const embedder = new QueryEmbedder({ kind: 'hashing', model: 'hashing' });
  expect(await embedder.embedQuery('truth')).toMatchObject({ version: 'hashing-384.1' });
  expect(embedder.state).toBe('ready');
  await embedder.close();
});
