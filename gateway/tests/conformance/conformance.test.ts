import { afterAll, beforeAll, describe, jest, test } from '@jest/globals';
import { type Federation, serveFederation } from '../support/federation.ts';
import { check } from './check.ts';
import { suites } from './suites/index.ts';

// Each suite starts its servers, which takes seconds on a machine that is busy.
jest.setTimeout(60_000);

describe.each(suites)('$name', ({ subgraphs, cases }) => {
  let federation: Federation;
  beforeAll(async () => {
    federation = await serveFederation(subgraphs);
  });
  afterAll(() => federation.close());

  test.each(cases)('$name', (wanted) => check(wanted, federation.ask, federation));
});
