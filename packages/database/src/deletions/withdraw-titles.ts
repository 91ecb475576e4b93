import type { TenantClient } from '../connection/tenant.ts';
import { type FormerTitle, keptTitles } from './kept-titles.ts';
import type { WithdrawnVisit } from './visits.ts';

const FORMER = `
SELECT conversation_id AS "conversationId", ordinal, visit FROM intelligence.conversation_titles
WHERE tenant_id = $1 AND conversation_id = ANY ($2::uuid[])`;
const FALL_BACK = `
UPDATE intelligence.conversations c SET title = t.title, graph_revision = c.graph_revision + 1
FROM intelligence.conversation_titles t
WHERE c.tenant_id = $1 AND c.id = $2 AND t.tenant_id = $1 AND t.conversation_id = $2 AND t.ordinal = $3`;
const DROP = `
DELETE FROM intelligence.conversation_titles WHERE tenant_id = $1 AND conversation_id = $2 AND ordinal = ANY ($3::integer[])`;
// The next title that is kept is numbered by how many there are.
const NUMBER = `
UPDATE intelligence.conversation_titles t SET ordinal = n.ordinal
FROM (SELECT ordinal AS was, row_number() OVER (ORDER BY ordinal) AS ordinal
  FROM intelligence.conversation_titles WHERE tenant_id = $1 AND conversation_id = $2) n
WHERE t.tenant_id = $1 AND t.conversation_id = $2 AND t.ordinal = n.was AND n.was <> n.ordinal`;

/** Takes away the titles that only the withdrawn exports held. Gives the conversations whose present title changed. */
export async function withdrawTitles(client: TenantClient, visits: readonly WithdrawnVisit[]): Promise<string[]> {
  const ids = visits.map(({ conversationId }) => conversationId);
  const { rows } = await client.query<FormerTitle & { conversationId: string }>(FORMER, [client.tenantId, ids]);
  const byConversation = Map.groupBy(rows, ({ conversationId }) => conversationId);
  const changed: string[] = [];
  for (const { conversationId, remaining } of visits) {
    const { current, dropped } = keptTitles(byConversation.get(conversationId) ?? [], remaining);
    if (dropped.length === 0) continue;
    const values = [client.tenantId, conversationId];
    if (current !== null) {
      await client.query(FALL_BACK, [...values, current]);
      changed.push(conversationId);
    }
    await client.query(DROP, [...values, dropped]);
    await client.query(NUMBER, values);
  }
  return changed;
}
