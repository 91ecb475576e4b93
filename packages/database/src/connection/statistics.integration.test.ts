import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { asOwner, createTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import type { Database } from './database.ts';
import { refreshStatistics } from './statistics.ts';

let testDatabase: TestDatabase;
let database: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = testDatabase.open();
}, 30_000);
afterAll(() => testDatabase.drop());

const TENANT = '00000000-0000-4000-8000-000000000001';

/** Adds conversations, of one tenant, as autovacuum would leave them alone. */
const add = (from: number, to: number) =>
  asOwner(testDatabase.ownerUrl, async (owner) => {
    await owner.query('ALTER TABLE intelligence.conversations SET (autovacuum_enabled = off)');
    await owner.query("SELECT set_config('app.tenant_id', $1, false)", [TENANT]);
    await owner.query(`INSERT INTO intelligence.tenants (id, name) VALUES ($1, 'statistics') ON CONFLICT DO NOTHING`, [
      TENANT,
    ]);
    await owner.query(
      `INSERT INTO intelligence.conversations (tenant_id, id, platform_id, external_id, metadata, raw, content_hash, message_count, participant_count)
       SELECT $1, gen_random_uuid(), (SELECT id FROM intelligence.platforms LIMIT 1), 'c' || n, '{}', '{}', '\\x00', 0, 0
       FROM generate_series($2::integer, $3::integer) AS n`,
      [TENANT, from, to],
    );
  });

/** How many conversations PostgreSQL takes the table to have; -1 when it does not know. */
const known = async () =>
  (await database.pool.query(`SELECT reltuples FROM pg_class WHERE oid = 'intelligence.conversations'::regclass`))
    .rows[0].reltuples;

test('statistics follow a table that doubles, and rest while it does not', async () => {
  expect([await refreshStatistics(database), await known()]).toEqual([[], -1]);
  await add(1, 500);
  expect([await refreshStatistics(database), await known()]).toEqual([['intelligence.conversations'], 500]);
  await add(501, 600);
  expect([await refreshStatistics(database), await known()]).toEqual([[], 500]);
  await add(601, 1_500);
  expect([await refreshStatistics(database), await known()]).toEqual([['intelligence.conversations'], 1_500]);
});

test('without the right to, nothing is gathered and nothing fails', async () => {
  await asOwner(testDatabase.ownerUrl, (owner) =>
    owner.query('REVOKE MAINTAIN ON intelligence.conversations FROM colloquy_app'),
  );
  await add(1_501, 9_000);
  expect([await refreshStatistics(database), await known()]).toEqual([[], 1_500]);
});
