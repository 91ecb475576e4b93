import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { auditServer } from 'graphql-http';
import { type ShopGateway, startShop, token } from './support/gateway.ts';

let running: ShopGateway;
beforeAll(async () => {
  running = await startShop();
});
afterAll(() => running.close());

/** Queries by GET: none of the audit's has a header that a forged request could not have (CSRF prevention). */
const NOTICED = ['5A70', 'D6D5', '6A70'];

test('GraphQL over HTTP: the audit of graphql-http has nothing to object to', async () => {
  const authorization = `Bearer ${await token()}`;
  const audits = await auditServer({
    url: `${running.gateway.url}/graphql`,
    fetchFn: (url: string, init: RequestInit = {}) =>
      fetch(url, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), authorization } }),
  });
  const by = (status: string) => audits.filter((audit) => audit.status === status).map(({ id }) => id);
  expect(by('error')).toEqual([]);
  expect(by('warn')).toEqual([]);
  expect(by('notice').sort()).toEqual(NOTICED.sort());
  expect(by('ok')).toHaveLength(58);
});
