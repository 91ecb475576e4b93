import { type IntelligenceType, mintUuid } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';

/** A passage of a message: `text.slice(start, end) === quote`, in UTF-16 code units. */
export interface EvidenceRow {
  messageId: string;
  start: number;
  end: number;
  quote: string;
}

/** An item as the extractor found it; the first evidence is the primary one. */
export interface FoundItem {
  type: IntelligenceType;
  title: string;
  summary: string | null;
  content: string;
  confidence: number;
  completeness: number | null;
  priority: number | null;
  tags: readonly string[];
  evidence: readonly EvidenceRow[];
  occurredAt: Date | null;
}

const UPSERT = `
INSERT INTO intelligence.intelligence_items (tenant_id, id, conversation_id, evidence_message_id, evidence_start, evidence_end,
  source_message_ids, type, title, summary, content, confidence_score, completeness_score, priority_score, tags, metadata, occurred_at)
SELECT $1, r.id, $2, r.message_id, r.evidence_start, r.evidence_end, r.source_message_ids, r.type, r.title, r.summary, r.content,
  r.confidence, r.completeness, r.priority, r.tags, r.metadata, r.occurred_at
FROM json_to_recordset($3::json) AS r (id uuid, message_id uuid, evidence_start integer, evidence_end integer, source_message_ids uuid[],
  type intelligence.intelligence_type, title text, summary text, content text, confidence numeric, completeness numeric, priority numeric,
  tags text[], metadata jsonb, occurred_at timestamptz)
ON CONFLICT ON CONSTRAINT intelligence_items_natural_key DO UPDATE SET
  source_message_ids = excluded.source_message_ids, title = excluded.title, summary = excluded.summary, content = excluded.content,
  confidence_score = excluded.confidence_score, completeness_score = excluded.completeness_score, priority_score = excluded.priority_score,
  tags = excluded.tags, metadata = excluded.metadata, occurred_at = excluded.occurred_at, last_updated = now()
RETURNING id, type, evidence_message_id AS "messageId", evidence_start AS start, evidence_end AS "end", (xmax = 0) AS inserted`;

// An item that somebody rated stays, even when today's extractor would not find it again.
const DROP_STALE = `
DELETE FROM intelligence.intelligence_items i WHERE i.tenant_id = $1 AND i.conversation_id = $2 AND NOT i.id = ANY ($3::uuid[])
  AND NOT EXISTS (SELECT FROM intelligence.intelligence_feedback f WHERE f.tenant_id = i.tenant_id AND f.item_id = i.id)`;

const DROP_EVIDENCE = `DELETE FROM intelligence.item_evidence WHERE tenant_id = $1 AND item_id = ANY ($2::uuid[])`;
const ADD_EVIDENCE = `
INSERT INTO intelligence.item_evidence (tenant_id, item_id, ordinal, message_id, revision, start_offset, end_offset, quote)
SELECT $1, r.item_id, r.ordinal, r.message_id, m.revision, r.start_offset, r.end_offset, r.quote
FROM json_to_recordset($2::json) AS r (item_id uuid, ordinal smallint, message_id uuid, start_offset integer, end_offset integer, quote text)
JOIN intelligence.messages m ON m.tenant_id = $1 AND m.id = r.message_id`;
const MARK = `
UPDATE intelligence.conversations SET extracted_revision = $3, extractor_version = $4, chunks_stale = true, graph_revision = graph_revision + 1
WHERE tenant_id = $1 AND id = $2`;

interface StoredItem {
  id: string;
  type: IntelligenceType;
  messageId: string;
  start: number;
  end: number;
  inserted: boolean;
}

const naturalKey = (type: string, messageId: string, start: number, end: number) =>
  `${type} ${messageId} ${start} ${end}`;

/** The primary evidence of an item. Throws when there is none: no fact without the characters it came from. */
function primary(item: FoundItem): EvidenceRow {
  const [first] = item.evidence;
  if (!first) throw new Error(`The item "${item.title}" has no evidence.`);
  return first;
}

function toRecord(item: FoundItem) {
  const { messageId, start, end } = primary(item);
  return {
    id: mintUuid(),
    message_id: messageId,
    evidence_start: start,
    evidence_end: end,
    source_message_ids: [...new Set(item.evidence.map((evidence) => evidence.messageId))],
    type: item.type,
    title: item.title,
    summary: item.summary,
    content: item.content,
    confidence: item.confidence,
    completeness: item.completeness,
    priority: item.priority,
    tags: item.tags,
    metadata: {},
    occurred_at: item.occurredAt,
  };
}

/** One item per natural key: the first found wins, as the extractor lists the strongest first. */
function distinct(items: readonly FoundItem[]): Map<string, FoundItem> {
  const byKey = new Map<string, FoundItem>();
  for (const item of items) {
    const { messageId, start, end } = primary(item);
    const key = naturalKey(item.type, messageId, start, end);
    if (!byKey.has(key)) byKey.set(key, item);
  }
  return byKey;
}

/**
 * Makes the items of a conversation what the extractor found in it at `revision`. Items found again keep their ids.
 * Gives the ids of the items that are new, in the order found.
 */
export async function replaceItems(
  client: TenantClient,
  conversation: { id: string; revision: number },
  extractorVersion: string,
  found: readonly FoundItem[],
): Promise<{ newItemIds: string[] }> {
  const byKey = distinct(found);
  const records = [...byKey.values()].map(toRecord);
  const { rows } = await client.query<StoredItem>(UPSERT, [client.tenantId, conversation.id, JSON.stringify(records)]);
  const ids = rows.map(({ id }) => id);
  await client.query(DROP_STALE, [client.tenantId, conversation.id, ids]);
  const known = rows.filter(({ inserted }) => !inserted).map(({ id }) => id);
  if (known.length > 0) await client.query(DROP_EVIDENCE, [client.tenantId, known]);
  const evidence = rows.flatMap((row) => {
    const item = byKey.get(naturalKey(row.type, row.messageId, row.start, row.end));
    return (item?.evidence ?? []).map(({ messageId, start, end, quote }, ordinal) => ({
      item_id: row.id,
      ordinal,
      message_id: messageId,
      start_offset: start,
      end_offset: end,
      quote,
    }));
  });
  await client.query(ADD_EVIDENCE, [client.tenantId, JSON.stringify(evidence)]);
  await client.query(MARK, [client.tenantId, conversation.id, conversation.revision, extractorVersion]);
  return { newItemIds: rows.filter(({ inserted }) => inserted).map(({ id }) => id) };
}
