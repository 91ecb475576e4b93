import type { TenantClient } from '../connection/tenant.ts';
import type { IncomingConversation } from './incoming.ts';

/** A conversation that is stored already. */
export interface KnownConversation {
  id: string;
  platformId: string;
  externalId: string;
  title: string | null;
  messageCount: number;
  endedAt: Date | null;
  sourceUpdatedAt: Date | null;
  /** Fingerprint of the latest export that held it. */
  contentHash: Buffer;
  /** Exports that held it so far. */
  visits: number;
  /** The visit of this session, when the session has seen the conversation before; else null. */
  ownVisit: number | null;
}

// In one order, so that two transactions can never wait for each other.
const LOCK = `
SELECT c.id, c.platform_id AS "platformId", c.external_id AS "externalId", c.title, c.message_count AS "messageCount", c.ended_at AS "endedAt",
  c.source_updated_at AS "sourceUpdatedAt", c.content_hash AS "contentHash", c.visits, sc.visit AS "ownVisit"
FROM json_to_recordset($3::json) AS r (platform_id uuid, external_id text)
JOIN intelligence.conversations c ON c.tenant_id = $1 AND c.platform_id = r.platform_id AND c.external_id = r.external_id
LEFT JOIN intelligence.session_conversations sc ON sc.tenant_id = $1 AND sc.session_id = $2 AND sc.conversation_id = c.id
ORDER BY c.id FOR UPDATE OF c`;

/** What makes a conversation of an export and a stored one the same. */
export function conversationKey({ platformId, externalId }: Pick<IncomingConversation, 'platformId' | 'externalId'>) {
  return `${platformId} ${externalId}`;
}

/** Those of some conversations that are stored, locked until the end of the transaction, by key. */
export async function lockKnown(
  client: TenantClient,
  sessionId: string,
  conversations: readonly IncomingConversation[],
): Promise<Map<string, KnownConversation>> {
  const wanted = conversations.map(({ platformId, externalId }) => ({
    platform_id: platformId,
    external_id: externalId,
  }));
  const { rows } = await client.query<KnownConversation>(LOCK, [client.tenantId, sessionId, JSON.stringify(wanted)]);
  return new Map(rows.map((row) => [conversationKey(row), row]));
}
