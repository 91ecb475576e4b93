import type { TenantClient } from '../connection/tenant.ts';

/** A conversation that one export is taken away from, and that others hold. */
export interface WithdrawnVisit {
  conversationId: string;
  /** The visit that goes. */
  visit: number;
  /** Those that remain, ascending. */
  remaining: number[];
}

/**
 * As the first part of a WITH: `gone` (conversation_id, visit) is the visit of session $3 to each of the conversations $2,
 * `kept` are the other visits to them.
 */
export const VISITS = `
gone AS (
  SELECT conversation_id, visit FROM intelligence.session_conversations
  WHERE tenant_id = $1 AND conversation_id = ANY ($2::uuid[]) AND session_id = $3
), kept AS (
  SELECT conversation_id, visit FROM intelligence.session_conversations
  WHERE tenant_id = $1 AND conversation_id = ANY ($2::uuid[]) AND session_id <> $3
)`;

const READ = `
WITH ${VISITS}
SELECT gone.conversation_id AS "conversationId", gone.visit, array(
  SELECT kept.visit FROM kept WHERE kept.conversation_id = gone.conversation_id ORDER BY kept.visit) AS remaining
FROM gone`;

/** The visits of a session to some conversations, and the others'. */
export async function readVisits(
  client: TenantClient,
  sessionId: string,
  conversationIds: readonly string[],
): Promise<WithdrawnVisit[]> {
  const { rows } = await client.query<WithdrawnVisit>(READ, [client.tenantId, conversationIds, sessionId]);
  return rows;
}
