import type { TenantClient } from '../connection/tenant.ts';

/** A conversation of a session, with the marks that say which stages are due. */
export interface SessionConversation {
  id: string;
  ordinal: number;
  platform: string;
  title: string | null;
  messageCount: number;
  revision: number;
  extractedRevision: number;
  extractorVersion: string | null;
  chunksStale: boolean;
  chunkedVersion: string | null;
  searchRevision: number;
  embeddedRevision: number;
}

const PAGE = `
SELECT c.id, sc.ordinal, p.name AS platform, c.title, c.message_count AS "messageCount", c.revision,
  c.extracted_revision AS "extractedRevision", c.extractor_version AS "extractorVersion",
  c.chunks_stale AS "chunksStale", c.chunked_version AS "chunkedVersion",
  c.search_revision AS "searchRevision", c.embedded_revision AS "embeddedRevision"
FROM intelligence.session_conversations sc
JOIN intelligence.conversations c ON c.tenant_id = sc.tenant_id AND c.id = sc.conversation_id
JOIN intelligence.platforms p ON p.id = c.platform_id
WHERE sc.tenant_id = $1 AND sc.session_id = $2
ORDER BY sc.ordinal OFFSET $3 LIMIT $4`;

/** Conversations of a session in the order of the archive. */
export async function sessionConversations(
  client: TenantClient,
  sessionId: string,
  offset: number,
  limit: number,
): Promise<SessionConversation[]> {
  const { rows } = await client.query<SessionConversation>(PAGE, [client.tenantId, sessionId, offset, limit]);
  return rows;
}
