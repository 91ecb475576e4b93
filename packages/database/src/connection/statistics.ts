import type { Database } from './database.ts';

/** Tables whose rows many others refer to. */
const TABLES = ['intelligence.conversations', 'intelligence.messages', 'intelligence.intelligence_items'];

// relpages is as of the last ANALYZE or VACUUM.
const GROWN = `
SELECT c.oid::regclass::text AS "table" FROM pg_class c
WHERE c.oid = ANY ($1::regclass[])
  AND CASE WHEN current_setting('server_version_num')::integer >= 170000 THEN has_table_privilege(c.oid, 'MAINTAIN') END
  AND pg_relation_size(c.oid) > 0 AND pg_relation_size(c.oid) >= 2 * c.relpages::bigint * current_setting('block_size')::integer`;

/**
 * Gathers the statistics of tables that have become twice as large since it was done; gives their names. Plans that were
 * made for the smaller ones are made anew: checks of foreign keys among them, which PostgreSQL plans once per connection.
 */
export async function refreshStatistics(database: Database): Promise<string[]> {
  const { rows } = await database.pool.query<{ table: string }>(GROWN, [TABLES]);
  const grown = rows.map(({ table }) => table);
  // Whoever gathers them at this moment does it for all.
  if (grown.length > 0) await database.pool.query(`ANALYZE (SKIP_LOCKED) ${grown.join(', ')}`);
  return grown;
}
