import { mintUuid } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';
import { type Description, describe, type HashedMessage, hashMessages } from './description.ts';
import type { IncomingConversation } from './incoming.ts';
import { type MessageRow, parentIdOf } from './messages.ts';

const INSERT = `
INSERT INTO intelligence.conversations (tenant_id, id, platform_id, external_id, title, url, metadata, raw, content_hash, started_at, ended_at,
  source_updated_at, message_count, participant_count, visits)
SELECT $1, r.id, r.platform_id, r.external_id, r.title, r.url, r.metadata, r.raw::json, decode(r.content_hash, 'hex'), r.started_at, r.ended_at,
  r.source_updated_at, r.message_count, r.participant_count, 1
FROM json_to_recordset($2::json) AS r (id uuid, platform_id uuid, external_id text, title text, url text, metadata jsonb, raw text, content_hash text,
  started_at timestamptz, ended_at timestamptz, source_updated_at timestamptz, message_count integer, participant_count integer)`;

/** A conversation that no export held before, under the id minted for it. */
export interface NewConversation {
  id: string;
  incoming: IncomingConversation;
  description: Description;
  /** Its messages, under their ids. */
  rows: MessageRow[];
  idOf: ReadonlyMap<string, string>;
}

export function newConversation(incoming: IncomingConversation): NewConversation {
  const id = mintUuid();
  const messages = hashMessages(incoming);
  const idOf = new Map(messages.map(({ message }) => [message.externalId, mintUuid()]));
  const rows = messages.map((message) => toRow(message, id, idOf));
  return { id, incoming, description: describe(incoming, messages), rows, idOf };
}

function toRow(hashed: HashedMessage, conversationId: string, idOf: ReadonlyMap<string, string>): MessageRow {
  const id = idOf.get(hashed.message.externalId);
  if (!id) throw new Error(`Message ${hashed.message.externalId} has no id.`);
  return {
    ...hashed,
    id,
    conversationId,
    parentId: parentIdOf(hashed, idOf),
    sequence: hashed.message.sequence,
    visit: 1,
  };
}

/** Adds conversations, without their messages. */
export async function insertConversations(client: TenantClient, added: readonly NewConversation[]): Promise<void> {
  if (added.length === 0) return;
  const records = added.map(({ id, incoming, description, rows }) => ({
    id,
    platform_id: incoming.platformId,
    external_id: incoming.externalId,
    title: incoming.title,
    url: incoming.url,
    metadata: incoming.metadata,
    raw: incoming.raw,
    content_hash: description.fingerprint.toString('hex'),
    started_at: description.startedAt,
    ended_at: description.endedAt,
    source_updated_at: incoming.updatedAt,
    message_count: rows.length,
    participant_count: description.participantCount,
  }));
  await client.query(INSERT, [client.tenantId, JSON.stringify(records)]);
}
