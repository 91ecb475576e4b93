import type { TenantClient } from '../connection/tenant.ts';

/** Bytes that came with messages, as they are exported. */
export interface ExportedAsset {
  /** In lower-case hexadecimal. */
  sha256: string;
  byteSize: number;
  objectKey: string;
}

const FIELDS = 'x.sha256, x.byte_size AS "byteSize", x.object_key AS "objectKey"';

const ASSETS = `
SELECT ${FIELDS}
FROM intelligence.assets x
WHERE x.tenant_id = $1 AND x.sha256 > $2 AND EXISTS (
  SELECT FROM intelligence.attachments f
  JOIN intelligence.messages m ON m.tenant_id = f.tenant_id AND m.id = f.message_id
  WHERE f.tenant_id = $1 AND f.sha256 = x.sha256 AND ($3::uuid IS NULL OR EXISTS (
    SELECT FROM intelligence.source_archives a
    JOIN intelligence.extraction_sessions s ON s.tenant_id = a.tenant_id AND s.archive_id = coalesce(a.same_as, a.id)
    JOIN intelligence.session_conversations sc ON sc.tenant_id = s.tenant_id AND sc.session_id = s.id
    WHERE a.tenant_id = $1 AND a.id = $3 AND sc.conversation_id = m.conversation_id)))
ORDER BY x.sha256 LIMIT $4`;

/** Assets that messages name, in the order of their hashes, from the one behind `after` on; of one archive, or all. */
export async function exportedAssets(
  client: TenantClient,
  page: { archiveId: string | null; after: string | null; limit: number },
): Promise<ExportedAsset[]> {
  const { archiveId, after, limit } = page;
  const { rows } = await client.query<ExportedAsset>(ASSETS, [client.tenantId, after ?? '', archiveId, limit]);
  return rows;
}

const ASSET = `SELECT ${FIELDS} FROM intelligence.assets x WHERE x.tenant_id = $1 AND x.sha256 = $2`;

/** One asset; null when it was deleted. */
export async function exportedAsset(client: TenantClient, sha256: string): Promise<ExportedAsset | null> {
  const { rows } = await client.query<ExportedAsset>(ASSET, [client.tenantId, sha256]);
  return rows[0] ?? null;
}
