import { tenantUuid } from '@colloquy/domain';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { createViewerRegistry } from './identity.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
}, 30_000);
afterAll(() => database.drop());

test('first requests of a new tenant may come all at once', async () => {
  const pool = database.open();
  for (const number of Array(200).keys()) {
    const tenant = `newcomer-${number}`;
    const viewer = {
      tenantId: tenantUuid(tenant),
      tenant,
      subject: 'one',
      displayName: 'One',
      role: 'STANDARD',
    } as const;
    // A registry each, as every process has: nothing but PostgreSQL sees them together.
    const scopes = await Promise.all([1, 2, 3, 4, 5, 6].map(() => createViewerRegistry(pool)(viewer)));
    expect(new Set(scopes.map(({ userId }) => userId)).size).toBe(1);
  }
}, 60_000);
