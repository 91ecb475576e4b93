import type { TenantClient } from '../connection/tenant.ts';
import type { DeletionCounts } from './counts.ts';
import { sumCounts } from './counts.ts';
import { forgetChunks, forgetItems } from './forget-items.ts';
import { keptTexts, type TextRevision } from './kept-texts.ts';
import { addTasks } from './tasks.ts';
import type { WithdrawnVisit } from './visits.ts';

interface RevisedRow {
  id: string;
  conversationId: string;
  current: TextRevision;
  former: TextRevision[];
  absences: number[];
}

// Only messages that ever had another text: of the rest, the text is as old as the message.
const REVISED = `
SELECT m.id, m.conversation_id AS "conversationId",
  json_build_object('revision', m.revision, 'visit', coalesce(m.revision_visit, m.first_visit)) AS current,
  (SELECT json_agg(json_build_object('revision', r.revision, 'visit', r.visit) ORDER BY r.revision)
    FROM intelligence.message_revisions r WHERE r.tenant_id = $1 AND r.message_id = m.id) AS former,
  array(SELECT a.visit FROM intelligence.message_absences a WHERE a.tenant_id = $1 AND a.message_id = m.id) AS absences
FROM intelligence.messages m
WHERE m.tenant_id = $1 AND m.conversation_id = ANY ($2::uuid[])
  AND EXISTS (SELECT FROM intelligence.message_revisions r WHERE r.tenant_id = $1 AND r.message_id = m.id)`;
const ITEMS = `
SELECT DISTINCT e.item_id AS id FROM intelligence.item_evidence e
JOIN json_to_recordset($2::json) AS d (id uuid, revision integer) ON d.id = e.message_id AND d.revision = e.revision
WHERE e.tenant_id = $1`;
// What describes a text goes with it, and was not kept for the former ones.
const FALL_BACK = `
UPDATE intelligence.messages m SET text = r.text, content_hash = r.content_hash, revision = r.revision, raw = NULL, metadata = NULL
FROM json_to_recordset($2::json) AS d (id uuid, revision integer)
JOIN intelligence.message_revisions r ON r.tenant_id = $1 AND r.message_id = d.id AND r.revision = d.revision
WHERE m.tenant_id = $1 AND m.id = d.id`;
const DROP = `
DELETE FROM intelligence.message_revisions r USING json_to_recordset($2::json) AS d (id uuid, revision integer)
WHERE r.tenant_id = $1 AND r.message_id = d.id AND r.revision = d.revision`;
const CREDIT_CURRENT = `
UPDATE intelligence.messages m SET revision_visit = d.visit
FROM json_to_recordset($2::json) AS d (id uuid, revision integer, visit integer)
WHERE m.tenant_id = $1 AND m.id = d.id AND m.revision = d.revision`;
const CREDIT_FORMER = `
UPDATE intelligence.message_revisions r SET visit = d.visit
FROM json_to_recordset($2::json) AS d (id uuid, revision integer, visit integer)
WHERE r.tenant_id = $1 AND r.message_id = d.id AND r.revision = d.revision AND r.visit <> d.visit`;

/**
 * Takes away the texts that only the withdrawn exports held, with the items that quote them; messages fall back to the
 * newest text that is left. Gives the conversations in which a present text changed.
 */
export async function withdrawTexts(
  client: TenantClient,
  deletionId: string,
  visits: readonly WithdrawnVisit[],
): Promise<{ conversationIds: string[]; counts: Partial<DeletionCounts> }> {
  const { tenantId } = client;
  const remaining = new Map(visits.map((one) => [one.conversationId, one.remaining]));
  const { rows } = await client.query<RevisedRow>(REVISED, [tenantId, [...remaining.keys()]]);
  const plans = rows.map((row) => ({ row, kept: keptTexts(row, remaining.get(row.conversationId) ?? []) }));
  const dropped = plans.flatMap(({ row, kept }) => kept.dropped.map((revision) => ({ id: row.id, revision })));
  const fallen = plans.filter(({ row, kept }) => kept.current !== row.current.revision);
  const run = (statement: string, records: readonly object[]) =>
    client.query(statement, [tenantId, JSON.stringify(records)]);

  const quoting = dropped.length === 0 ? [] : (await run(ITEMS, dropped)).rows.map(({ id }) => String(id));
  const byItems = await forgetItems(client, deletionId, quoting);
  const fallenIds = fallen.map(({ row }) => row.id);
  const chunks = await forgetChunks(client, deletionId, fallenIds);
  await addTasks(client, deletionId, 'ITEM', quoting);
  await addTasks(client, deletionId, 'REVISED', fallenIds);
  const promoted = fallen.map(({ row, kept }) => ({ id: row.id, revision: kept.current }));
  await run(FALL_BACK, promoted);
  await run(DROP, [...dropped, ...promoted]);
  const credited = plans.flatMap(({ row, kept }) => kept.visits.map((one) => ({ id: row.id, ...one })));
  await run(CREDIT_CURRENT, credited);
  await run(CREDIT_FORMER, credited);
  return {
    conversationIds: [...new Set(fallen.map(({ row }) => row.conversationId))],
    counts: sumCounts(byItems, { chunks, revisions: dropped.length }),
  };
}
