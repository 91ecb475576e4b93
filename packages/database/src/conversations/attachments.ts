import { mintUuid } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';
import type { IncomingConversation } from './incoming.ts';

/** Bytes that lie in the object store and are to be an asset of the tenant. */
export interface StoredAsset {
  sha256: string;
  byteSize: number;
  objectKey: string;
}

const KNOWN_ASSETS = `SELECT sha256 FROM intelligence.assets WHERE tenant_id = $1 AND sha256 = ANY ($2::text[])`;
const ADD_ASSETS = `
INSERT INTO intelligence.assets (tenant_id, sha256, byte_size, object_key)
SELECT $1, r.sha256, r.byte_size, r.object_key FROM json_to_recordset($2::json) AS r (sha256 text, byte_size bigint, object_key text)
ON CONFLICT (tenant_id, sha256) DO NOTHING`;
// What a later export adds completes what is known; nothing that is known is taken away.
const ATTACH = `
INSERT INTO intelligence.attachments AS a (tenant_id, id, message_id, ordinal, external_id, file_name, media_type, byte_size, sha256, position, text)
SELECT $1, r.id, r.message_id, r.ordinal, r.external_id, r.file_name, r.media_type, r.byte_size, r.sha256, r.position, r.text
FROM json_to_recordset($2::json) AS r (id uuid, message_id uuid, ordinal integer, external_id text, file_name text, media_type text, byte_size bigint,
  sha256 text, position integer, text text)
ON CONFLICT (tenant_id, message_id, external_id) DO UPDATE SET
  file_name = coalesce(a.file_name, excluded.file_name), media_type = coalesce(a.media_type, excluded.media_type),
  byte_size = CASE WHEN a.sha256 IS NULL THEN coalesce(excluded.byte_size, a.byte_size) ELSE a.byte_size END,
  sha256 = coalesce(a.sha256, excluded.sha256), position = coalesce(a.position, excluded.position), text = coalesce(excluded.text, a.text)`;

/** Which of some hashes (SHA-256, lower-case hexadecimal) the tenant has as assets. */
export async function knownAssets(client: TenantClient, hashes: readonly string[]): Promise<Set<string>> {
  const { rows } = await client.query<{ sha256: string }>(KNOWN_ASSETS, [client.tenantId, hashes]);
  return new Set(rows.map(({ sha256 }) => sha256));
}

/** Makes stored bytes assets of the tenant, before attachments name them. */
export async function addAssets(client: TenantClient, assets: readonly StoredAsset[]): Promise<void> {
  if (assets.length === 0) return;
  const records = assets.map(({ sha256, byteSize, objectKey }) => ({
    sha256,
    byte_size: byteSize,
    object_key: objectKey,
  }));
  await client.query(ADD_ASSETS, [client.tenantId, JSON.stringify(records)]);
}

/** A conversation of an export, and the ids of its messages. */
export interface Attaching {
  incoming: IncomingConversation;
  idOf: ReadonlyMap<string, string>;
}

/** Ties the files of messages to them. */
export async function attach(client: TenantClient, conversations: readonly Attaching[]): Promise<void> {
  const records = conversations.flatMap(({ incoming, idOf }) =>
    incoming.messages.flatMap(({ externalId, attachments }) =>
      attachments.map((attachment, ordinal) => ({
        id: mintUuid(),
        message_id: idOf.get(externalId),
        ordinal,
        external_id: attachment.externalId,
        file_name: attachment.fileName,
        media_type: attachment.mediaType,
        byte_size: attachment.byteSize,
        sha256: attachment.sha256,
        position: attachment.position,
        text: attachment.text,
      })),
    ),
  );
  if (records.length > 0) await client.query(ATTACH, [client.tenantId, JSON.stringify(records)]);
}
