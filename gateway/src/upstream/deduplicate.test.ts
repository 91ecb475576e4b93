import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FetchRequest, SubgraphAnswer } from '../executor/fetch.ts';
import { createDeduplicator, sharingKey } from './deduplicate.ts';

const answer = (): SubgraphAnswer => ({ data: { a: { b: 1 } }, plain: true, ascii: true });

/** Requests that are answered when the test says so. */
function server() {
  const open: { answer(): void; fail(error: Error): void; signal: AbortSignal }[] = [];
  const ask = (signal: AbortSignal) =>
    new Promise<SubgraphAnswer>((resolve, reject) => {
      open.push({ answer: () => resolve(answer()), fail: reject, signal });
      signal.addEventListener('abort', () => reject(new Error('broken off')));
    });
  return { open, ask };
}

describe('queries under way', () => {
  test('share a request when they are the same, each with an answer of its own', async () => {
    const { open, ask } = server();
    let joined = 0;
    const deduplicator = createDeduplicator(() => joined++);
    const share = (key: string) => deduplicator.share(key, ask, undefined);
    const asked = [share('a'), share('a'), share('b'), share('a')];
    expect([open.length, joined]).toEqual([2, 2]);
    for (const { answer } of open) answer();
    // Each is changed as soon as it is there, as the executor does.
    const changed = asked.map(async (waiting, index) => {
      const { data, plain, ascii } = await waiting;
      expect({ data, plain, ascii }).toEqual(answer());
      Object.assign(data?.a as object, { [`of${index}`]: true });
    });
    await Promise.all(changed);
    const answers = await Promise.all(asked);
    expect(answers.map(({ data }) => data)).toEqual([0, 1, 2, 3].map((n) => ({ a: { b: 1, [`of${n}`]: true } })));
    void share('a');
    expect(open).toHaveLength(3);
  });

  test('share a failure, and the next one tries again', async () => {
    const { open, ask } = server();
    const deduplicator = createDeduplicator(() => undefined);
    const asked = [deduplicator.share('a', ask, undefined), deduplicator.share('a', ask, undefined)];
    open[0]?.fail(new Error('lost'));
    for (const result of await Promise.allSettled(asked)) expect(result).toMatchObject({ reason: { message: 'lost' } });
    void deduplicator.share('a', ask, undefined);
    expect(open).toHaveLength(2);
  });

  test('go on when one of them leaves, and are broken off when all have left', async () => {
    const { open, ask } = server();
    const deduplicator = createDeduplicator(() => undefined);
    const clients = [new AbortController(), new AbortController(), new AbortController()];
    const [first, second, third] = clients.map(({ signal }) => deduplicator.share('a', ask, signal));
    clients[0]?.abort();
    await expect(first).rejects.toMatchObject({ code: 'aborted' });
    expect(open[0]?.signal.aborted).toBe(false);
    clients[1]?.abort();
    clients[2]?.abort();
    expect(open[0]?.signal.aborted).toBe(true);
    expect(await Promise.allSettled([second, third])).toMatchObject(Array(2).fill({ reason: { code: 'aborted' } }));
    void deduplicator.share('a', ask, undefined);
    expect(open).toHaveLength(2);
  });
});

describe('the key', () => {
  const request = (body: unknown): FetchRequest => ({
    subgraph: 'orders',
    kind: 'query',
    body: JSON.stringify(body),
    entities: 0,
  });

  test('differs whenever the body, a header or the identity does', () => {
    const name = fc.stringMatching(/^[a-z-]{1,5}$/);
    const value = fc.stringMatching(/^[\t -~]{0,5}$/);
    const identity = fc.option(fc.record({ header: fc.constant('x-identity'), key: fc.string() }), { nil: undefined });
    const query = fc.record({ body: fc.string(), headers: fc.dictionary(name, value), identity });
    type Query = typeof query extends fc.Arbitrary<infer T> ? T : never;
    const key = ({ body, headers, identity: who }: Query) => sharingKey(request(body), headers, who);
    const all = ({ body, headers, identity: who }: Query) => JSON.stringify([body, Object.entries(headers), who?.key]);
    fc.assert(fc.property(query, query, (one, other) => expect(key(one) === key(other)).toBe(all(one) === all(other))));
  });

  test('does not depend on what belongs to one request, and takes the identity instead of its header', () => {
    const identity = { header: 'x-identity', key: 'alice' };
    const key = (id: string, signed: string) =>
      sharingKey(request('q'), { 'x-request-id': id, traceparent: id, 'x-identity': signed, a: 'b' }, identity);
    expect(key('1', 'signed now')).toBe(key('2', 'signed later'));
    expect(key('1', 'signed')).not.toBe(sharingKey(request('q'), { a: 'b' }, { ...identity, key: 'bob' }));
  });
});
