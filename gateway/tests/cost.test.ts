import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Guarded, startGuarded } from './support/guarded.ts';
import { documented } from './support/library.ts';
import { LIBRARY_FEDERATION } from './support/prices.ts';

const NEWEST = 'query($limit: Int!) { newest(limit: $limit) { title author { name } } }';

describe('costs that are enforced', () => {
  let running: Guarded;
  beforeAll(async () => {
    running = await startGuarded(LIBRARY_FEDERATION, await documented('cost'));
  });
  afterAll(() => running.close());
  beforeEach(() => void running.fetches.splice(0));

  test('let through what is cheap enough, and tell what it costs', async () => {
    const { status, headers, body } = await running.ask(NEWEST, { variables: { limit: 7 } });
    expect([status, headers.get('x-estimated-cost')]).toEqual([200, '14']);
    expect(body.data.newest).toHaveLength(7);
  });

  test('refuse what is too expensive, before a subgraph is asked', async () => {
    const { status, headers, body } = await running.ask(NEWEST, { variables: { limit: 500 } });
    expect([status, headers.get('x-estimated-cost')]).toEqual([400, '1000']);
    expect(body).toEqual({
      errors: [
        {
          message: 'The estimated cost of 1000 exceeds the maximum of 100.',
          extensions: { code: 'COST_ESTIMATED_TOO_EXPENSIVE', cost: { estimated: 1000, max: 100 } },
        },
      ],
    });
    expect(running.fetches).toEqual([]);
  });

  test('are measured against what the token says, where it says something', async () => {
    const ask = (limit: number, cost_limit: unknown) =>
      running.ask(NEWEST, { variables: { limit }, claims: { cost_limit } });
    expect((await ask(500, 1000)).status).toBe(200);
    expect((await ask(7, 13)).status).toBe(400);
    for (const nonsense of ['1000000', -1, null]) expect((await ask(51, nonsense)).status).toBe(400);
  });

  test('need lists to say how long they are', async () => {
    const { status, body } = await running.ask('{ page(first: 1, last: 1) { title } }');
    expect([status, body.errors[0].extensions.code]).toEqual([400, 'COST_QUERY_PARSE_FAILURE']);
  });

  test('are in the metrics', async () => {
    await running.ask(NEWEST, { variables: { limit: 500 } });
    const text = await (await fetch(running.gateway.metricsUrl)).text();
    expect(text).toMatch(/gateway_operation_cost_count\{[^}]*outcome="too_expensive"[^}]*\} [1-9]/);
  });
});

test('costs that are measured refuse nothing', async () => {
  const running = await startGuarded(LIBRARY_FEDERATION, { cost: { max: 1, listSize: 3 } });
  try {
    const { status, headers, body } = await running.ask('{ shelf { title } page(first: 1, last: 1) { title } }');
    expect([status, headers.get('x-estimated-cost'), body.data.shelf.length]).toEqual([200, null, 3]);
    await running.ask('{ shelf { title } }');
    const text = await (await fetch(running.gateway.metricsUrl)).text();
    expect(text).toMatch(/gateway_operation_cost_sum\{[^}]*outcome="too_expensive"[^}]*\} 3\n/);
  } finally {
    await running.close();
  }
});
