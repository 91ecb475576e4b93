import type { TenantClient } from '../connection/tenant.ts';

/** What a session reads: the stored bytes and what they were recognised as. */
export interface SessionSource {
  objectKey: string;
  fileName: string;
  format: string | null;
  platformId: string | null;
}

const READ = `
SELECT a.object_key AS "objectKey", a.file_name AS "fileName", s.format, s.platform_id AS "platformId"
FROM intelligence.extraction_sessions s
JOIN intelligence.source_archives a ON a.tenant_id = s.tenant_id AND a.id = s.archive_id
WHERE s.tenant_id = $1 AND s.id = $2 AND a.object_key IS NOT NULL`;

/** Where the archive of a session lies. Throws when its bytes were never stored, which importing rules out. */
export async function sessionSource(client: TenantClient, sessionId: string): Promise<SessionSource> {
  const { rows } = await client.query<SessionSource>(READ, [client.tenantId, sessionId]);
  const [row] = rows;
  if (!row) throw new Error(`Session ${sessionId} has no stored archive.`);
  return row;
}
