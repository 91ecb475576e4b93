import type { TenantClient } from '../connection/tenant.ts';

/** Bytes that lie in the object store and belong to no archive yet. */
export interface ReceivedUpload {
  archiveId: string;
  sha256: string;
  objectKey: string;
}

/**
 * `stored`: the object is the archive's now. Otherwise the caller must delete it, because `duplicate`: another archive
 * of the tenant holds the same bytes, and this one points there from now on; `already-complete`: another request was
 * faster; `unknown`: there is no such archive.
 */
export type CompletedUpload = 'stored' | 'duplicate' | 'already-complete' | 'unknown';

// Two uploads of the same bytes at once: the second waits here until it can see the first.
const LOCK_BYTES = `SELECT pg_advisory_xact_lock(hashtextextended($1::text || $2::text, 0))`;
const LOCK_ARCHIVE = `
SELECT sha256 IS NOT NULL OR same_as IS NOT NULL AS complete FROM intelligence.source_archives
WHERE tenant_id = $1 AND id = $2 FOR UPDATE`;
const POINT = `
UPDATE intelligence.source_archives a SET same_as = other.id, stored_at = now()
FROM intelligence.source_archives other
WHERE a.tenant_id = $1 AND a.id = $2 AND other.tenant_id = $1 AND other.sha256 = $3`;
const STORE = `
UPDATE intelligence.source_archives SET sha256 = $3, object_key = $4, stored_at = now() WHERE tenant_id = $1 AND id = $2`;

/** Ties received bytes to their archive. */
export async function completeUpload(
  client: TenantClient,
  { archiveId, sha256, objectKey }: ReceivedUpload,
): Promise<CompletedUpload> {
  const { tenantId } = client;
  await client.query(LOCK_BYTES, [tenantId, sha256]);
  const { rows } = await client.query<{ complete: boolean }>(LOCK_ARCHIVE, [tenantId, archiveId]);
  const [archive] = rows;
  if (!archive) return 'unknown';
  if (archive.complete) return 'already-complete';
  const pointed = await client.query(POINT, [tenantId, archiveId, sha256]);
  if (pointed.rowCount === 1) return 'duplicate';
  await client.query(STORE, [tenantId, archiveId, sha256, objectKey]);
  return 'stored';
}
