import type { MessageRole } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';

/** A conversation as it is exported, without its messages. */
export interface ExportedConversation {
  /** UUID. */
  id: string;
  /** Name of the platform. */
  platform: string;
  externalId: string;
  title: string | null;
  url: string | null;
  createdAt: Date | null;
  updatedAt: Date | null;
  metadata: Record<string, unknown>;
  /** The vendor's JSON as text. */
  raw: string | null;
  /** External id of the message at the end of the active path. */
  current: string | null;
}

export interface ExportedMessage {
  externalId: string;
  parentExternalId: string | null;
  role: MessageRole;
  author: string | null;
  text: string;
  hidden: boolean;
  createdAt: Date | null;
  model: string | null;
  contentType: string;
  metadata: Record<string, unknown> | null;
  raw: string | null;
  ordinal: number;
}

const CONVERSATIONS = `
SELECT c.id, p.name AS platform, c.external_id AS "externalId", c.title, c.url, c.started_at AS "createdAt", c.ended_at AS "updatedAt",
  c.metadata, c.raw::text AS raw, leaf.external_id AS current
FROM intelligence.conversations c
JOIN intelligence.platforms p ON p.id = c.platform_id
LEFT JOIN LATERAL (
  SELECT m.external_id FROM intelligence.messages m
  WHERE m.tenant_id = c.tenant_id AND m.conversation_id = c.id AND m.sequence IS NOT NULL ORDER BY m.sequence DESC LIMIT 1) leaf ON true
WHERE c.tenant_id = $1 AND ($2::uuid IS NULL OR c.id > $2)
  AND ($3::uuid IS NULL OR EXISTS (
    SELECT FROM intelligence.source_archives a
    JOIN intelligence.extraction_sessions s ON s.tenant_id = a.tenant_id AND s.archive_id = coalesce(a.same_as, a.id)
    JOIN intelligence.session_conversations sc ON sc.tenant_id = s.tenant_id AND sc.session_id = s.id
    WHERE a.tenant_id = $1 AND a.id = $3 AND sc.conversation_id = c.id))
ORDER BY c.id LIMIT $4`;

/** Conversations in the order of their ids, from the one behind `after` on; those that an archive holds, or all. */
export async function exportedConversations(
  client: TenantClient,
  page: { archiveId: string | null; after: string | null; limit: number },
): Promise<ExportedConversation[]> {
  const { archiveId, after, limit } = page;
  const { rows } = await client.query<ExportedConversation>(CONVERSATIONS, [client.tenantId, after, archiveId, limit]);
  return rows;
}

/** Where to go on: the place of the last message that was read. */
export type MessagePlace = Pick<ExportedMessage, 'ordinal' | 'externalId'>;

const MESSAGES = `
SELECT m.external_id AS "externalId", parent.external_id AS "parentExternalId", m.role, m.author, m.text, m.hidden, m.created_at AS "createdAt",
  m.model, m.content_type AS "contentType", m.metadata, m.raw::text AS raw, m.ordinal
FROM intelligence.messages m
LEFT JOIN intelligence.messages parent
  ON parent.tenant_id = m.tenant_id AND parent.conversation_id = m.conversation_id AND parent.id = m.parent_id
WHERE m.tenant_id = $1 AND m.conversation_id = $2 AND (m.ordinal, m.external_id) > ($3, $4)
ORDER BY m.ordinal, m.external_id LIMIT $5`;

/** Messages of a conversation in the order of the archives that brought them, from the one behind `after` on. */
export async function exportedMessages(
  client: TenantClient,
  conversationId: string,
  page: { after: MessagePlace | null; limit: number },
): Promise<ExportedMessage[]> {
  const { ordinal, externalId } = page.after ?? { ordinal: -1, externalId: '' };
  const values = [client.tenantId, conversationId, ordinal, externalId, page.limit];
  const { rows } = await client.query<ExportedMessage>(MESSAGES, values);
  return rows;
}
