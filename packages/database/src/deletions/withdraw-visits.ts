import type { TenantClient } from '../connection/tenant.ts';
import { type DeletionCounts, sumCounts } from './counts.ts';
import { describeChanged } from './describe.ts';
import { forgetMessages } from './forget-messages.ts';
import { readVisits, VISITS } from './visits.ts';
import { withdrawTexts } from './withdraw-texts.ts';
import { withdrawTitles } from './withdraw-titles.ts';

/** Whether the export of visit `kept.visit` holds message `m`. */
const HOLDS = `kept.conversation_id = m.conversation_id AND kept.visit >= m.first_visit AND NOT EXISTS (
  SELECT FROM intelligence.message_absences a WHERE a.tenant_id = $1 AND a.message_id = m.id AND a.visit = kept.visit)`;

const HELD_BY_NONE = `
WITH ${VISITS}
SELECT m.id FROM intelligence.messages m
WHERE m.tenant_id = $1 AND m.conversation_id = ANY ($2::uuid[]) AND NOT EXISTS (SELECT FROM kept WHERE ${HOLDS})`;
// A text as old as its message is credited with it, so this comes after the texts.
const CREDIT_MESSAGES = `
WITH ${VISITS}
UPDATE intelligence.messages m SET first_visit = (SELECT min(kept.visit) FROM kept WHERE ${HOLDS})
FROM gone
WHERE m.tenant_id = $1 AND m.conversation_id = gone.conversation_id AND m.first_visit = gone.visit
  AND EXISTS (SELECT FROM kept WHERE ${HOLDS})`;
// A message that the newest remaining export holds is not absent; one that only the withdrawn export still held is.
const PRESENT_AGAIN = `
WITH ${VISITS}
UPDATE intelligence.messages m SET absent_since = NULL
WHERE m.tenant_id = $1 AND m.conversation_id = ANY ($2::uuid[]) AND m.absent_since IS NOT NULL
  AND NOT EXISTS (SELECT FROM kept JOIN intelligence.message_absences a ON a.tenant_id = $1 AND a.message_id = m.id AND a.visit = kept.visit
    WHERE kept.conversation_id = m.conversation_id AND kept.visit > m.first_visit)`;
const FORGET_ABSENCES = `
WITH ${VISITS}
DELETE FROM intelligence.message_absences a USING intelligence.messages m, gone
WHERE a.tenant_id = $1 AND m.tenant_id = $1 AND m.id = a.message_id AND m.conversation_id = gone.conversation_id
  AND (a.visit = gone.visit OR a.visit < m.first_visit)`;
// What the next import compares with is gone; the vendor's JSON of the conversation is that of the latest export.
const FORGET_FINGERPRINTS = `
WITH ${VISITS}
UPDATE intelligence.conversations c SET content_hash = ''::bytea,
  raw = CASE WHEN gone.visit = c.visits THEN NULL ELSE c.raw END,
  source_updated_at = CASE WHEN gone.visit = c.visits THEN NULL ELSE c.source_updated_at END
FROM gone WHERE c.tenant_id = $1 AND c.id = gone.conversation_id`;
const FORGET_VISITS = `
DELETE FROM intelligence.session_conversations WHERE tenant_id = $1 AND conversation_id = ANY ($2::uuid[]) AND session_id = $3`;

/**
 * Takes one session's export away from conversations that other exports hold too: what only it held goes. The
 * conversations' rows are locked already.
 */
export async function withdrawVisits(
  client: TenantClient,
  deletionId: string,
  sessionId: string,
  conversationIds: readonly string[],
): Promise<Partial<DeletionCounts>> {
  if (conversationIds.length === 0) return {};
  const values = [client.tenantId, conversationIds, sessionId];
  const visits = await readVisits(client, sessionId, conversationIds);
  const doomed = (await client.query<{ id: string }>(HELD_BY_NONE, values)).rows.map(({ id }) => id);
  const messages = await forgetMessages(client, deletionId, doomed);
  const texts = await withdrawTexts(client, deletionId, visits);
  const retitled = await withdrawTitles(client, visits);
  for (const statement of [CREDIT_MESSAGES, PRESENT_AGAIN, FORGET_ABSENCES, FORGET_FINGERPRINTS])
    await client.query(statement, values);
  const changed = new Set([...messages.conversationIds, ...texts.conversationIds, ...retitled]);
  await describeChanged(client, deletionId, [...changed]);
  await client.query(FORGET_VISITS, values);
  return sumCounts(messages.counts, texts.counts);
}
