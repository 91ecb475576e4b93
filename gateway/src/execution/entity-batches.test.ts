import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { SubgraphAnswer, SubgraphRequest } from '../upstream/subgraph.ts';
import { sendInBatches } from './entity-batches.ts';

const request = (ids: readonly number[]): SubgraphRequest => ({
  query: 'query',
  operationName: undefined,
  variables: { currency: 'EUR', representations: ids.map((id) => ({ __typename: 'Product', id })) },
});

const asked = ({ variables }: SubgraphRequest) => (variables?.representations ?? []) as { id: number }[];

/** A subgraph in which every third product is unknown and every fifth fails. */
async function answer(sent: SubgraphRequest): Promise<SubgraphAnswer> {
  const ids = asked(sent).map(({ id }) => id);
  const errors = ids.flatMap((id, at) =>
    id % 5 === 0 ? [{ message: `no ${id}`, path: ['_entities', at, 'price'], extensions: { code: 'NO' } }] : [],
  );
  return {
    data: { _entities: ids.map((id) => (id % 3 === 0 ? null : { price: id % 5 === 0 ? null : id })) },
    ...(errors.length > 0 && { errors }),
  };
}

describe('a fetch of entities', () => {
  test('has the answer of a single request, whatever is asked and however small the batches are', async () => {
    const ids = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(ids, fc.integer({ min: 1, max: 7 }), async (wanted, limit) => {
        const sizes: number[] = [];
        const given = await sendInBatches(
          request(wanted),
          async (batch) => {
            sizes.push(asked(batch).length);
            return answer(batch);
          },
          limit,
        );
        const expected = await answer(request(wanted));
        expect(given.data).toEqual(expected.data);
        expect(new Set(given.errors)).toEqual(new Set(expected.errors));
        expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(limit);
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(new Set(wanted).size);
      }),
    );
  });

  test('keeps the other variables, and gives no two places the same object', async () => {
    const seen: unknown[] = [];
    const given = await sendInBatches(request([1, 1]), async (batch) => {
      seen.push(batch.variables);
      return { data: { _entities: [{ name: 'one' }] } };
    });
    expect(seen).toEqual([{ currency: 'EUR', representations: [{ __typename: 'Product', id: 1 }] }]);
    const [first, second] = (given.data?._entities ?? []) as object[];
    expect(first).toEqual(second);
    expect(first).not.toBe(second);
  });

  test('that fails as a whole stays one error', async () => {
    const failed = { errors: [{ message: 'no', extensions: { code: 'BAD_USER_INPUT' } }] };
    expect(await sendInBatches(request([1, 1]), async () => failed)).toEqual({ data: null, ...failed });
  });

  test('any other fetch is sent as it is', async () => {
    const plain = { query: '{ a }', variables: undefined, operationName: undefined };
    expect(await sendInBatches(plain, async (sent) => ({ data: { same: sent === plain } }))).toEqual({
      data: { same: true },
    });
  });
});
