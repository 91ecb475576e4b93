import { mintUuid } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';

/** A file as its sender announces it. */
export interface AnnouncedUpload {
  fileName: string;
  byteSize: number;
  /** Lower-case hexadecimal; null when the sender does not say. */
  sha256: string | null;
  /** UUID of the user who sends it. */
  userId: string;
}

const STORED = `SELECT id FROM intelligence.source_archives WHERE tenant_id = $1 AND sha256 = $2 AND byte_size = $3`;
const INSERT = `
INSERT INTO intelligence.source_archives (tenant_id, id, file_name, byte_size, announced_sha256, created_by)
VALUES ($1, $2, $3, $4, $5, $6)`;

/** Notes that a file will be sent; or finds the archive that holds these very bytes already (`stored`). */
export async function createUpload(
  client: TenantClient,
  { fileName, byteSize, sha256, userId }: AnnouncedUpload,
): Promise<{ archiveId: string; stored: boolean }> {
  const { rows } = await client.query<{ id: string }>(STORED, [client.tenantId, sha256, byteSize]);
  const [known] = rows;
  if (known) return { archiveId: known.id, stored: true };
  const archiveId = mintUuid();
  await client.query(INSERT, [client.tenantId, archiveId, fileName, byteSize, sha256, userId]);
  return { archiveId, stored: false };
}
