import type { MessageRole } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';

/** A message as the kernels read it. */
export interface StoredMessage {
  id: string;
  conversationId: string;
  parentId: string | null;
  role: MessageRole;
  text: string;
  hidden: boolean;
  onActivePath: boolean;
  sequence: number | null;
  createdAt: Date | null;
}

const READ = `
SELECT id, conversation_id AS "conversationId", parent_id AS "parentId", role, text, hidden, on_active_path AS "onActivePath",
  sequence, created_at AS "createdAt"
FROM intelligence.messages WHERE tenant_id = $1 AND conversation_id = ANY ($2::uuid[]) ORDER BY conversation_id, ordinal, id`;

/** The messages of some conversations, in the archive's order. */
export async function readMessages(
  client: TenantClient,
  conversationIds: readonly string[],
): Promise<Map<string, StoredMessage[]>> {
  const { rows } = await client.query<StoredMessage>(READ, [client.tenantId, conversationIds]);
  const byConversation = new Map<string, StoredMessage[]>(conversationIds.map((id) => [id, []]));
  for (const row of rows) byConversation.get(row.conversationId)?.push(row);
  return byConversation;
}
