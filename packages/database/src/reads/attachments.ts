import type { TenantClient, TenantPrisma } from '../connection/tenant.ts';
import type { AttachmentRecord } from './rows.ts';

export function attachmentsByIds(tx: TenantPrisma, ids: readonly string[]): Promise<AttachmentRecord[]> {
  return tx.attachment.findMany({ where: { id: { in: [...ids] } } });
}

/** Attachments of these messages, in the order in which they stand there. */
export function attachmentsOfMessages(tx: TenantPrisma, messageIds: readonly string[]): Promise<AttachmentRecord[]> {
  return tx.attachment.findMany({
    where: { messageId: { in: [...messageIds] } },
    orderBy: [{ ordinal: 'asc' }, { id: 'asc' }],
  });
}

/** An attachment whose bytes are stored. */
export interface AttachedFile {
  fileName: string | null;
  mediaType: string | null;
  sha256: string;
  objectKey: string;
}

const FIND = `
SELECT f.file_name AS "fileName", f.media_type AS "mediaType", a.sha256, a.object_key AS "objectKey"
FROM intelligence.attachments f JOIN intelligence.assets a ON a.tenant_id = f.tenant_id AND a.sha256 = f.sha256
WHERE f.tenant_id = $1 AND f.id = $2`;

/** Null when the tenant has no such attachment, or no bytes of it. */
export async function findAttachedFile(client: TenantClient, id: string): Promise<AttachedFile | null> {
  const { rows } = await client.query<AttachedFile>(FIND, [client.tenantId, id]);
  return rows[0] ?? null;
}
