import type { Executor } from '../connection/executor.ts';
import { LABELS, RETIRED, SWAP_LABEL, TENANT_LABEL } from './labels.ts';

function schemaStatements(): string[] {
  const living = Object.values(LABELS).flatMap((labels) => Object.values(labels));
  return [
    ...living.map((label) => `CREATE CONSTRAINT ${label}_id IF NOT EXISTS FOR (n:${label}) REQUIRE n.id IS UNIQUE`),
    ...[...living, ...Object.values(RETIRED)].map(
      (label) => `CREATE INDEX ${label}_tenant IF NOT EXISTS FOR (n:${label}) ON (n.tenantId)`,
    ),
    ...[TENANT_LABEL, SWAP_LABEL].map(
      (label) => `CREATE CONSTRAINT ${label}_id IF NOT EXISTS FOR (n:${label}) REQUIRE n.tenantId IS UNIQUE`,
    ),
  ];
}

/** Creates what is missing of constraints and indexes, and waits until they answer. Idempotent. */
export async function ensureSchema(executor: Executor): Promise<void> {
  for (const statement of schemaStatements()) await executor.write((transaction) => transaction.run(statement));
  await executor.write((transaction) => transaction.run('CALL db.awaitIndexes(60)'));
}
