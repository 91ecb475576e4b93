import type { TenantClient } from '../connection/tenant.ts';

/** What was announced, and how far it came. */
export interface UploadState {
  fileName: string;
  byteSize: number;
  announcedSha256: string | null;
  /** Where the bytes lie, its own or those of the archive that came first; null before they are complete. */
  objectKey: string | null;
  /** The session that reads these bytes, or null when none was started. */
  sessionId: string | null;
}

const FIND = `
SELECT a.file_name AS "fileName", a.byte_size AS "byteSize", a.announced_sha256 AS "announcedSha256", holder.object_key AS "objectKey", s.id AS "sessionId"
FROM intelligence.source_archives a
JOIN intelligence.source_archives holder ON holder.tenant_id = a.tenant_id AND holder.id = coalesce(a.same_as, a.id)
LEFT JOIN intelligence.extraction_sessions s ON s.tenant_id = holder.tenant_id AND s.archive_id = holder.id
WHERE a.tenant_id = $1 AND a.id = $2`;

/** Null when the tenant has no such archive. */
export async function findUpload(client: TenantClient, archiveId: string): Promise<UploadState | null> {
  const { rows } = await client.query<UploadState>(FIND, [client.tenantId, archiveId]);
  return rows[0] ?? null;
}
