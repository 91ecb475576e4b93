import type { TenantClient } from '../connection/tenant.ts';

// Whoever is cutting chunks at this moment may find a vector stored and count on it. The lock waits for what is cut to
// be seen, and lets nothing more be cut until the vectors are gone; this takes milliseconds.
const LOCK = 'LOCK TABLE intelligence.text_chunks IN SHARE MODE';
const FORGET = `
WITH texts AS (
  DELETE FROM intelligence.deletion_tasks
  WHERE tenant_id = $1 AND deletion_id = $2 AND kind = 'TEXT' AND subject IN (
    SELECT subject FROM intelligence.deletion_tasks WHERE tenant_id = $1 AND deletion_id = $2 AND kind = 'TEXT' LIMIT $3)
  RETURNING decode(subject, 'hex') AS text_hash
), gone AS (
  DELETE FROM intelligence.embeddings e USING texts, intelligence.embedding_versions v
  WHERE e.tenant_id = $1 AND e.version = v.id AND e.text_hash = texts.text_hash AND NOT EXISTS (
    SELECT FROM intelligence.text_chunks t WHERE t.tenant_id = $1 AND t.version = e.version AND t.text_hash = e.text_hash)
  RETURNING 1
)
SELECT (SELECT count(*)::int FROM texts) AS texts, (SELECT count(*)::int FROM gone) AS embeddings`;

/** Forgets vectors of up to `limit` texts that are gone, where no other chunk has the same text. A transaction of its own. */
export async function forgetTexts(
  client: TenantClient,
  deletionId: string,
  limit: number,
): Promise<{ texts: number; embeddings: number }> {
  await client.query(LOCK);
  const { rows } = await client.query<{ texts: number; embeddings: number }>(FORGET, [
    client.tenantId,
    deletionId,
    limit,
  ]);
  return rows[0] ?? { texts: 0, embeddings: 0 };
}
