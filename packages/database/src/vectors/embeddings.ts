import type { TenantClient } from '../connection/tenant.ts';

/** A text whose vector is not stored yet. */
export interface MissingText {
  /** SHA-256, hex. */
  textHash: string;
  content: string;
}

const MISSING = `
SELECT DISTINCT ON (t.text_hash) encode(t.text_hash, 'hex') AS "textHash", t.content
FROM intelligence.text_chunks t
WHERE t.tenant_id = $1 AND t.version = $2 AND t.conversation_id = ANY ($3::uuid[])
  AND NOT EXISTS (SELECT FROM intelligence.embeddings e WHERE e.tenant_id = t.tenant_id AND e.version = t.version AND e.text_hash = t.text_hash)
ORDER BY t.text_hash`;

/** The distinct texts of some conversations that have no vector of this version. */
export async function missingTexts(
  client: TenantClient,
  version: string,
  conversationIds: readonly string[],
): Promise<MissingText[]> {
  const { rows } = await client.query<MissingText>(MISSING, [client.tenantId, version, conversationIds]);
  return rows;
}

const INSERT = `
INSERT INTO intelligence.embeddings (tenant_id, version, text_hash, vector)
SELECT $1, $2, h, v FROM unnest($3::bytea[], $4::bytea[]) AS r (h, v)
ON CONFLICT (tenant_id, version, text_hash) DO NOTHING`;

/** Float32 values as PostgreSQL stores them: little-endian, without a copy where the machine is. */
export const vectorToBytes = (vector: Float32Array): Buffer =>
  Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);

/** The stored bytes as Float32 values. */
export function bytesToVector(bytes: Buffer): Float32Array {
  const aligned = new Uint8Array(bytes);
  return new Float32Array(aligned.buffer, 0, aligned.byteLength / Float32Array.BYTES_PER_ELEMENT);
}

/** Stores vectors; one that is there already stays as it is. */
export async function storeVectors(
  client: TenantClient,
  version: string,
  texts: readonly MissingText[],
  vectors: readonly Float32Array[],
): Promise<void> {
  const hashes = texts.map(({ textHash }) => Buffer.from(textHash, 'hex'));
  await client.query(INSERT, [client.tenantId, version, hashes, vectors.map(vectorToBytes)]);
}

const MARK = `UPDATE intelligence.conversations SET embedded_revision = search_revision WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND chunked_version = $3`;

/** Notes that every chunk of these conversations has its vector. */
export async function markEmbedded(
  client: TenantClient,
  version: string,
  conversationIds: readonly string[],
): Promise<void> {
  await client.query(MARK, [client.tenantId, conversationIds, version]);
}
