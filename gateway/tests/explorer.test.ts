import { existsSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { JWT_SECRET, type ShopGateway, startShop } from './support/gateway.ts';

const jwt = { secret: JWT_SECRET, issuer: 'shop', audience: 'shop-clients', typ: 'JWT' };
const explorer = { developmentClaims: { sub: 'developer', role: 'ADMINISTRATOR' } };
const generated = existsSync(join(import.meta.dirname, '../src/generated/explorer/explorer.js'));

let running: ShopGateway;
beforeAll(async () => {
  running = await startShop({ jwt, explorer });
});
afterAll(() => running.close());

function page(gateway: ShopGateway, headers: Record<string, string> = {}): Promise<{ policy: string; html: string }> {
  return new Promise((resolve, reject) => {
    httpRequest(`${gateway.gateway.url}/`, { headers }, async (response) => {
      let html = '';
      for await (const chunk of response) html += chunk;
      resolve({ policy: String(response.headers['content-security-policy']), html });
    })
      .on('error', reject)
      .end();
  });
}

function tokenOf(html: string): string | null {
  return JSON.parse(/id="settings">(.*?)<\/script>/.exec(html)?.[1] ?? '{}').token;
}

describe('the explorer page', () => {
  test('carries a token that works, and loads nothing from elsewhere', async () => {
    const { policy, html } = await page(running);
    expect(policy).toContain("default-src 'none'; script-src 'self'");
    expect(html.match(/(src|href)="(?!\/explorer\/|data:)[^"]*"/g)).toEqual([
      expect.stringContaining('https://studio.apollographql.com/sandbox'),
    ]);
    const { body } = await running.ask('{ whoami }', { token: tokenOf(html) });
    expect(body).toEqual({ data: { whoami: 'developer' } });
  });

  test.each([
    ['by a name that is not of this machine', { host: 'graph.example' }],
    ['through a proxy', { 'x-forwarded-for': '203.0.113.9' }],
  ])('carries none when it is asked for %s', async (_name, headers) => {
    const allowing = await startShop({ jwt, explorer, allowedHosts: ['graph.example'] });
    const { html } = await page(allowing, headers);
    expect(tokenOf(html)).toBeNull();
    await allowing.close();
  });

  test('carries none in production, and is not there when it is switched off', async () => {
    const production = await startShop({ jwt, explorer, production: true });
    expect(tokenOf((await page(production)).html)).toBeNull();
    await production.close();
    const without = await startShop({ jwt, explorer: { enabled: false } });
    expect((await fetch(without.gateway.url)).status).toBe(401);
    await without.close();
  });

  (generated ? test : test.skip)('has its scripts, styles and workers here (needs `npm run generate`)', async () => {
    const names = ['explorer.js', 'explorer.css', 'editor.worker.js', 'json.worker.js', 'graphql.worker.js'];
    for (const name of names) {
      const response = await fetch(`${running.gateway.url}/explorer/${name}`);
      expect([name, response.status]).toEqual([name, 200]);
      await response.arrayBuffer();
    }
    expect((await fetch(`${running.gateway.url}/explorer/..%2f..%2fmain.ts`)).status).toBe(401);
  });
});
