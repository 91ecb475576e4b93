import type { Projection } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';

/** A conversation that a projection shows in an older state than PostgreSQL holds. */
export interface Outstanding {
  conversationId: string;
  /** The revision to be shown. */
  revision: number;
  /** The revision that is shown now, 0 when none is. */
  projected: number;
}

// What each projection must show: search all chunks once their vectors are stored, the graph items and relations.
const WANTED: Record<Projection, string> = {
  SEARCH: 'c.search_revision > 0 AND c.embedded_revision = c.search_revision AND c.chunked_version = $5',
  GRAPH: 'c.graph_revision > 0',
};
const REVISION: Record<Projection, string> = { SEARCH: 'c.search_revision', GRAPH: 'c.graph_revision' };

const select = (projection: Projection) => `
SELECT c.id AS "conversationId", ${REVISION[projection]} AS revision, coalesce(cp.revision, 0) AS projected
FROM intelligence.conversations c
LEFT JOIN intelligence.conversation_projections cp
  ON cp.tenant_id = c.tenant_id AND cp.conversation_id = c.id AND cp.projection = $2::intelligence.projection AND cp.generation = $3
WHERE c.tenant_id = $1 AND ${WANTED[projection]} AND coalesce(cp.revision, 0) < ${REVISION[projection]}
ORDER BY c.id LIMIT $4`;

/** Conversations of the tenant that are due, at most `limit`. Only SEARCH waits for vectors, of `embeddingVersion`. */
export async function outstanding(
  client: TenantClient,
  projection: Projection,
  generation: number,
  embeddingVersion: string | null,
  limit: number,
): Promise<Outstanding[]> {
  const { rows } = await client.query<Outstanding>(select(projection), [
    client.tenantId,
    projection,
    generation,
    limit,
    ...(projection === 'SEARCH' ? [embeddingVersion] : []),
  ]);
  return rows;
}

const MARK = `
INSERT INTO intelligence.conversation_projections AS known (tenant_id, projection, generation, conversation_id, revision)
SELECT $1, $2, $3, r.id, r.revision FROM unnest($4::uuid[], $5::integer[]) AS r (id, revision)
WHERE EXISTS (SELECT FROM intelligence.conversations c WHERE c.tenant_id = $1 AND c.id = r.id)
ON CONFLICT (tenant_id, projection, generation, conversation_id) DO UPDATE SET
  revision = greatest(known.revision, excluded.revision), projected_at = now()`;

/** Notes what the store now shows. */
export async function markProjected(
  client: TenantClient,
  projection: Projection,
  generation: number,
  shown: readonly Outstanding[],
): Promise<void> {
  await client.query(MARK, [
    client.tenantId,
    projection,
    generation,
    shown.map((one) => one.conversationId),
    shown.map((one) => one.revision),
  ]);
}

const PROGRESS = `
SELECT count(*)::int AS total,
  count(*) FILTER (WHERE g.revision >= c.graph_revision)::int AS graph,
  count(*) FILTER (WHERE s.revision >= c.search_revision AND c.embedded_revision = c.search_revision AND c.search_revision > 0)::int AS search
FROM intelligence.session_conversations sc
JOIN intelligence.conversations c ON c.tenant_id = sc.tenant_id AND c.id = sc.conversation_id
LEFT JOIN intelligence.conversation_projections g ON g.tenant_id = c.tenant_id AND g.conversation_id = c.id AND g.projection = 'GRAPH' AND g.generation = $3
LEFT JOIN intelligence.conversation_projections s ON s.tenant_id = c.tenant_id AND s.conversation_id = c.id AND s.projection = 'SEARCH' AND s.generation = $4
WHERE sc.tenant_id = $1 AND sc.session_id = $2`;

/** How many of a session's conversations the two projections show in their present state. */
export async function sessionProjectionProgress(
  client: TenantClient,
  sessionId: string,
  generations: { graph: number; search: number },
): Promise<{ total: number; graph: number; search: number }> {
  const { rows } = await client.query<{ total: number; graph: number; search: number }>(PROGRESS, [
    client.tenantId,
    sessionId,
    generations.graph,
    generations.search,
  ]);
  return rows[0] ?? { total: 0, graph: 0, search: 0 };
}

const STAGE_FINISHED = `SELECT finished_at IS NOT NULL AS finished FROM intelligence.session_stages WHERE tenant_id = $1 AND session_id = $2 AND stage = 'RELATE'`;

/** Whether RELATE is done, so that the relations of the session's items are final. */
export async function relationsFinal(client: TenantClient, sessionId: string): Promise<boolean> {
  const { rows } = await client.query<{ finished: boolean }>(STAGE_FINISHED, [client.tenantId, sessionId]);
  return rows[0]?.finished ?? false;
}
