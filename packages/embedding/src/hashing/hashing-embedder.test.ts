import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createEmbedder } from '../create.ts';
import type { Embedder } from '../embedder.ts';

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, axis) => sum + value * (b[axis] ?? 0), 0);
const hashing = (): Promise<Embedder> => createEmbedder({ kind: 'hashing', model: 'hashing' });

describe('the hashing embedder', () => {
  test('gives unit vectors, the same for the same text', async () => {
    const embedder = await hashing();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        const [one, two] = await embedder.embed([text, text]);
        expect(dot(one!, one!)).toBeCloseTo(1, 5);
        expect(one).toEqual(two);
        expect(await embedder.embedQuery(text)).toEqual(one);
      }),
    );
  });

  test('holds texts with common words, and with inflected ones, to be nearer than others', async () => {
    const embedder = await hashing();
    const [query, same, inflected, other] = await embedder.embed([
      'deleting archives',
      'how deleting of archives works',
      'an archive was deleted',
      'the weather in Lisbon',
    ]);
    expect(dot(query!, same!)).toBeGreaterThan(dot(query!, inflected!));
    expect(dot(query!, inflected!)).toBeGreaterThan(dot(query!, other!));
  });
});
