import type { TenantClient } from '../connection/tenant.ts';
import type { ChangedText, ConversationChanges } from './changes.ts';

const KEEP_FORMER = `
INSERT INTO intelligence.message_revisions (tenant_id, message_id, revision, visit, text, content_hash)
SELECT tenant_id, id, revision, coalesce(revision_visit, first_visit), text, content_hash
FROM intelligence.messages WHERE tenant_id = $1 AND id = ANY ($2::uuid[])`;
// What describes the text goes with it; that it was said, by whom and when, stays.
const REVISE = `
UPDATE intelligence.messages m SET text = r.text, content_hash = decode(r.content_hash, 'hex'), content_type = r.content_type, hidden = r.hidden,
  model = r.model, metadata = r.metadata, raw = r.raw::json, revision_visit = $3,
  revision = 1 + (SELECT max(f.revision) FROM intelligence.message_revisions f WHERE f.tenant_id = $1 AND f.message_id = m.id)
FROM json_to_recordset($2::json) AS r (id uuid, text text, content_hash text, content_type text, hidden boolean, model text, metadata jsonb, raw text)
WHERE m.tenant_id = $1 AND m.id = r.id`;
const KEEP_OLDER = `
INSERT INTO intelligence.message_revisions (tenant_id, message_id, revision, visit, text, content_hash)
SELECT $1, m.id, 1 + greatest(m.revision, (SELECT max(f.revision) FROM intelligence.message_revisions f WHERE f.tenant_id = $1 AND f.message_id = m.id)),
  $3, r.text, decode(r.content_hash, 'hex')
FROM json_to_recordset($2::json) AS r (id uuid, text text, content_hash text)
JOIN intelligence.messages m ON m.tenant_id = $1 AND m.id = r.id
WHERE NOT EXISTS (SELECT FROM intelligence.message_revisions f WHERE f.tenant_id = $1 AND f.message_id = m.id AND f.content_hash = decode(r.content_hash, 'hex'))`;

/**
 * Texts that an export has otherwise than they are stored: the newest export's become the texts, and those that were
 * stored are kept as former revisions; an older export's are kept as such themselves, where they are not known.
 * Gives the number of messages whose text is another now.
 */
export async function reviseTexts(
  client: TenantClient,
  { changedTexts, newest, visit }: Pick<ConversationChanges, 'changedTexts' | 'newest' | 'visit'>,
): Promise<number> {
  if (changedTexts.length === 0) return 0;
  const records = JSON.stringify(changedTexts.map(toRecord));
  if (!newest) {
    await client.query(KEEP_OLDER, [client.tenantId, records, visit]);
    return 0;
  }
  await client.query(KEEP_FORMER, [client.tenantId, changedTexts.map(({ id }) => id)]);
  await client.query(REVISE, [client.tenantId, records, visit]);
  return changedTexts.length;
}

function toRecord({ id, contentHash, message }: ChangedText) {
  const { text, contentType, hidden, model, metadata, raw } = message;
  return {
    id,
    text,
    content_hash: contentHash.toString('hex'),
    content_type: contentType,
    hidden,
    model,
    metadata,
    raw,
  };
}
