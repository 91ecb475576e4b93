import { expect } from '@jest/globals';
import type { Federation, FederationAnswer, RecordedFetch, RunningSubgraphs } from '../support/federation.ts';
import type { Case } from './suite.ts';

/** Asks, and fails where the answer, or what the subgraphs were asked for it, is not as the case demands. */
export async function check(
  wanted: Case,
  ask: Federation['ask'],
  { fetches, refusals }: RunningSubgraphs,
): Promise<void> {
  fetches.length = 0;
  refusals.length = 0;
  const { body } = await ask(wanted.query, wanted.variables, wanted.operationName);
  expect(refusals).toEqual([]);
  expect(body.data ?? null).toEqual(wanted.data ?? null);
  // The same, and its fields in the order in which they were asked for.
  expect(JSON.stringify(body.data ?? null)).toBe(JSON.stringify(wanted.data ?? null));
  checkErrors(wanted, body.errors);
  if (wanted.asks) {
    const asked: Record<string, number> = {};
    for (const { subgraph } of fetches) asked[subgraph] = (asked[subgraph] ?? 0) + 1;
    expect(asked).toEqual(wanted.asks);
  }
  if (wanted.representations !== undefined) {
    expect(representations(fetches).flat()).toHaveLength(wanted.representations);
  }
  for (const [subgraph, keys] of Object.entries(wanted.keys ?? {})) expect(keysSent(subgraph, fetches)).toEqual(keys);
}

/** The representations of each request for entities, whatever its variables are called. */
function representations(fetches: readonly RecordedFetch[]): object[][] {
  return fetches
    .flatMap(({ variables }) => Object.values(variables))
    .filter((value): value is object[] => Array.isArray(value) && value[0]?.__typename !== undefined);
}

function keysSent(subgraph: string, fetches: readonly RecordedFetch[]): string[][] {
  const sent = representations(fetches.filter((fetch) => fetch.subgraph === subgraph));
  return sent.map(([first]) => Object.keys(first ?? {}).sort());
}

function checkErrors(wanted: Case, given: FederationAnswer['body']): void {
  const expected = wanted.errors ?? (wanted.data === undefined ? 'some' : []);
  if (expected === 'any') return;
  if (expected === 'some') {
    expect(given).toEqual(expect.arrayContaining([expect.objectContaining({ message: expect.any(String) })]));
    return;
  }
  expect(given ?? []).toHaveLength(expected.length);
  for (const { path, code } of expected) {
    expect(given).toContainEqual(
      expect.objectContaining({
        ...(path && { path }),
        ...(code !== undefined && { extensions: expect.objectContaining({ code }) }),
      }),
    );
  }
}
