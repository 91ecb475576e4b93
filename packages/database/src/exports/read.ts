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
  /** Titles before this one, the first first. */
  formerTitles: FormerTitle[];
}

export interface FormerTitle {
  title: string;
  replacedAt: Date;
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
  /** When the first export was imported that no longer held the message. */
  absentSince: Date | null;
  /** Texts before this one, the first first. */
  revisions: FormerText[];
  /** In their order. */
  attachments: ExportedAttachment[];
}

export interface FormerText {
  /** From 1. */
  revision: number;
  text: string;
  replacedAt: Date;
}

/** What is known of a file that came with a message; its bytes are an asset. */
export interface ExportedAttachment {
  externalId: string;
  fileName: string | null;
  mediaType: string | null;
  byteSize: number | null;
  /** Of the stored bytes, in lower-case hexadecimal; null where only the name is known. */
  sha256: string | null;
  /** In UTF-16 code units of the message's text. */
  position: number | null;
  text: string | null;
}

/** Whether a conversation is among those that archive $3 of tenant $1 brought; all are when it is null. */
const IN_ARCHIVE = `($3::uuid IS NULL OR EXISTS (
    SELECT FROM intelligence.source_archives a
    JOIN intelligence.extraction_sessions s ON s.tenant_id = a.tenant_id AND s.archive_id = coalesce(a.same_as, a.id)
    JOIN intelligence.session_conversations sc ON sc.tenant_id = s.tenant_id AND sc.session_id = s.id
    WHERE a.tenant_id = $1 AND a.id = $3 AND sc.conversation_id = c.id))`;

const CONVERSATIONS = `
SELECT c.id, p.name AS platform, c.external_id AS "externalId", c.title, c.url, c.started_at AS "createdAt", c.ended_at AS "updatedAt",
  c.metadata, c.raw::text AS raw, leaf.external_id AS current,
  coalesce((SELECT json_agg(json_build_object('title', t.title, 'replacedAt', t.replaced_at) ORDER BY t.ordinal)
    FROM intelligence.conversation_titles t WHERE t.tenant_id = c.tenant_id AND t.conversation_id = c.id), '[]') AS "formerTitles"
FROM intelligence.conversations c
JOIN intelligence.platforms p ON p.id = c.platform_id
LEFT JOIN LATERAL (
  SELECT m.external_id FROM intelligence.messages m
  WHERE m.tenant_id = c.tenant_id AND m.conversation_id = c.id AND m.sequence IS NOT NULL ORDER BY m.sequence DESC LIMIT 1) leaf ON true
WHERE c.tenant_id = $1 AND ($2::uuid IS NULL OR c.id > $2) AND ${IN_ARCHIVE}
ORDER BY c.id LIMIT $4`;

/** Conversations in the order of their ids, from the one behind `after` on; those that an archive holds, or all. */
export async function exportedConversations(
  client: TenantClient,
  page: { archiveId: string | null; after: string | null; limit: number },
): Promise<ExportedConversation[]> {
  const { archiveId, after, limit } = page;
  const { rows } = await client.query<ExportedConversation>(CONVERSATIONS, [client.tenantId, after, archiveId, limit]);
  return rows.map((row) => ({ ...row, formerTitles: row.formerTitles.map(withTime) }));
}

/** Where to go on: the place of the last message that was read. */
export type MessagePlace = Pick<ExportedMessage, 'ordinal' | 'externalId'>;

/** How much is read at once. */
export interface MessagePage {
  after: MessagePlace | null;
  limit: number;
  /** Bytes that the texts and raw JSON of the messages take in the table, where they are compressed. */
  bytes: number;
}

/** Sizes are looked at before anything is unpacked: one message may be as large as a thousand others. */
const MESSAGES = `
WITH sized AS (
  SELECT m.id, m.ordinal, m.external_id,
    coalesce(pg_column_size(m.raw), 0) + pg_column_size(m.text)
    + coalesce((SELECT sum(pg_column_size(a.text)) FROM intelligence.attachments a WHERE a.tenant_id = m.tenant_id AND a.message_id = m.id), 0)
    + coalesce((SELECT sum(pg_column_size(r.text)) FROM intelligence.message_revisions r
      WHERE r.tenant_id = m.tenant_id AND r.message_id = m.id), 0) AS bytes
  FROM intelligence.messages m
  WHERE m.tenant_id = $1 AND m.conversation_id = $2 AND (m.ordinal, m.external_id) > ($3, $4)
  ORDER BY m.ordinal, m.external_id LIMIT $5
), page AS (
  SELECT id FROM (SELECT id, bytes, sum(bytes) OVER (ORDER BY ordinal, external_id) AS upto FROM sized) s
  WHERE upto <= $6 OR upto = bytes
)
SELECT m.external_id AS "externalId", parent.external_id AS "parentExternalId", m.role, m.author, m.text, m.hidden, m.created_at AS "createdAt",
  m.model, m.content_type AS "contentType", m.metadata, m.raw::text AS raw, m.ordinal, m.absent_since AS "absentSince",
  coalesce((SELECT json_agg(json_build_object('revision', r.revision, 'text', r.text, 'replacedAt', r.replaced_at) ORDER BY r.revision)
    FROM intelligence.message_revisions r WHERE r.tenant_id = m.tenant_id AND r.message_id = m.id), '[]') AS revisions,
  coalesce((SELECT json_agg(json_build_object('externalId', a.external_id, 'fileName', a.file_name, 'mediaType', a.media_type,
      'byteSize', a.byte_size, 'sha256', a.sha256, 'position', a.position, 'text', a.text) ORDER BY a.ordinal, a.id)
    FROM intelligence.attachments a WHERE a.tenant_id = m.tenant_id AND a.message_id = m.id), '[]') AS attachments
FROM intelligence.messages m
LEFT JOIN intelligence.messages parent
  ON parent.tenant_id = m.tenant_id AND parent.conversation_id = m.conversation_id AND parent.id = m.parent_id
WHERE m.tenant_id = $1 AND m.id IN (SELECT id FROM page)
ORDER BY m.ordinal, m.external_id`;

/**
 * Messages of a conversation in the order of the archives that brought them, from the one behind `after` on: at least one
 * until there are none left.
 */
export async function exportedMessages(
  client: TenantClient,
  conversationId: string,
  page: MessagePage,
): Promise<ExportedMessage[]> {
  const { ordinal, externalId } = page.after ?? { ordinal: -1, externalId: '' };
  const values = [client.tenantId, conversationId, ordinal, externalId, page.limit, page.bytes];
  const { rows } = await client.query<ExportedMessage>(MESSAGES, values);
  return rows.map((row) => ({ ...row, revisions: row.revisions.map(withTime) }));
}

/** Times within JSON arrive as text. */
function withTime<T extends { replacedAt: Date }>(row: T): T {
  return { ...row, replacedAt: new Date(row.replacedAt) };
}
