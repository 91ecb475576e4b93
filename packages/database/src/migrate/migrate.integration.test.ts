import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { asOwner, createEmptyDatabase, MIGRATIONS, type TestDatabase } from '../../../../tests/support/database.ts';
import { readMigrations } from './folder.ts';
import { migrateDown, migrateUp, migrationStatus } from './migrate.ts';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await createEmptyDatabase();
  folder = await mkdtemp(join(tmpdir(), 'colloquy-migrations-'));
  await cp(MIGRATIONS, folder, { recursive: true });
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const names = async () => (await readMigrations(MIGRATIONS)).map(({ name }) => name);

/** Every table, column, index, constraint, policy and function of the schema, in words. */
async function fingerprint(): Promise<unknown> {
  return asOwner(database.ownerUrl, async (client) => {
    const lists = [
      `SELECT table_name, column_name, data_type, is_nullable, column_default, generation_expression
       FROM information_schema.columns WHERE table_schema = 'intelligence' ORDER BY 1, 2`,
      `SELECT indexdef FROM pg_indexes WHERE schemaname = 'intelligence' ORDER BY 1`,
      `SELECT conrelid::regclass::text AS on, pg_get_constraintdef(oid) AS def FROM pg_constraint
       WHERE connamespace = to_regnamespace('intelligence') ORDER BY 1, 2`,
      `SELECT tablename, policyname, qual, with_check FROM pg_policies WHERE schemaname = 'intelligence' ORDER BY 1, 2`,
    ];
    const results = [];
    for (const list of lists) results.push((await client.query(list)).rows);
    return results;
  });
}

describe('migrations', () => {
  test('go up, down and up again to the same schema', async () => {
    expect(await migrateUp(database.ownerUrl, MIGRATIONS)).toEqual(await names());
    const first = await fingerprint();
    expect(await migrateUp(database.ownerUrl, MIGRATIONS)).toEqual([]);
    for (const name of (await names()).reverse()) expect(await migrateDown(database.ownerUrl, MIGRATIONS)).toBe(name);
    expect(await migrateDown(database.ownerUrl, MIGRATIONS)).toBeNull();
    const left = await asOwner(database.ownerUrl, (client) =>
      client.query(`SELECT 1 FROM pg_namespace WHERE nspname = 'intelligence'`),
    );
    expect(left.rowCount).toBe(0);
    expect(await migrateUp(database.ownerUrl, MIGRATIONS)).toEqual(await names());
    expect(await fingerprint()).toEqual(first);
  });

  test('are recorded as Prisma records them', async () => {
    const { rows } = await asOwner(database.ownerUrl, (client) =>
      client.query(
        `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished, applied_steps_count
         FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`,
      ),
    );
    const expected = (await readMigrations(MIGRATIONS)).map(({ name, checksum }) => ({
      migration_name: name,
      checksum,
      finished: true,
      applied_steps_count: 1,
    }));
    expect(rows).toEqual(expected);
  });

  test('an edited file is refused, and says which', async () => {
    const [name = ''] = await names();
    const file = join(folder, name, 'migration.sql');
    await writeFile(file, `${await readFile(file, 'utf8')}\n-- edited\n`);
    await expect(migrateUp(database.ownerUrl, folder)).rejects.toThrow(new RegExp(`${name} was edited`));
    expect(await migrationStatus(database.ownerUrl, folder)).toContainEqual({ name, state: 'changed' });
  });

  test('a migration that fails leaves nothing behind and can be tried again', async () => {
    const empty = await createEmptyDatabase();
    const own = await mkdtemp(join(tmpdir(), 'colloquy-migrations-'));
    try {
      await cp(join(MIGRATIONS, (await names())[0] ?? ''), join(own, '1_broken'), { recursive: true });
      const file = join(own, '1_broken', 'migration.sql');
      const sql = await readFile(file, 'utf8');
      await writeFile(file, `${sql}\nSELECT 1 / 0;`);
      await expect(migrateUp(empty.ownerUrl, own)).rejects.toThrow('left nothing behind');
      expect(await migrationStatus(empty.ownerUrl, own)).toEqual([{ name: '1_broken', state: 'pending' }]);
      await writeFile(file, sql);
      expect(await migrateUp(empty.ownerUrl, own)).toEqual(['1_broken']);
    } finally {
      await empty.drop();
      await rm(own, { recursive: true, force: true });
    }
  });
});
