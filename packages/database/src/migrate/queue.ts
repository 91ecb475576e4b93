import { Logger, runMigrations } from 'graphile-worker';
import type { ClientBase } from 'pg';

// The queue's tables have row-level security without a policy, so only their owner could use them. Its rows hold ids
// alone, and a worker serves all tenants.
const OPEN_TO_APPLICATION = `
GRANT USAGE ON SCHEMA graphile_worker TO colloquy_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graphile_worker TO colloquy_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA graphile_worker TO colloquy_app;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker TO colloquy_app;
DO $$
DECLARE
  queue_table text;
BEGIN
  FOR queue_table IN
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'graphile_worker'::regnamespace AND c.relkind = 'r' AND c.relrowsecurity
      AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'application')
  LOOP
    EXECUTE format('CREATE POLICY application ON graphile_worker.%I TO colloquy_app USING (true) WITH CHECK (true)', queue_table);
  END LOOP;
END
$$`;

/** Installs or updates the schema of graphile-worker as its owner and opens it to the application role. */
export async function installQueue(client: ClientBase, ownerUrl: string): Promise<void> {
  await runMigrations({ connectionString: ownerUrl, logger: new Logger(() => () => undefined) });
  await client.query(OPEN_TO_APPLICATION);
}
