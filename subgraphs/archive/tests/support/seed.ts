import { createHash } from 'node:crypto';
import {
  addCounts,
  completeUpload,
  createUpload,
  createViewerRegistry,
  type Database,
  type IncomingMessage,
  inTenant,
  mergeConversations,
  recordIssues,
  replaceItems,
  replaceRelations,
  startSession,
  type TenantClient,
  type TenantScope,
} from '@colloquy/database';
import { INTELLIGENCE_TYPES, platformUuid, type Viewer, viewerFromClaims } from '@colloquy/domain';

/** What `seed` stored; all ids are UUIDs, in the order of storing. */
export interface Seeded {
  scope: TenantScope & { userId: string };
  viewer: Viewer;
  archiveId: string;
  sessionId: string;
  conversationIds: string[];
  messageIds: string[];
  itemIds: string[];
}

export interface SeedOptions {
  tenant: string;
  conversations: number;
  /** On the active path; one more message branches off. */
  messagesEach: number;
  itemsEach: number;
  issues?: number;
}

const START = Date.UTC(2026, 0, 1, 9);

/** Stores an archive of invented conversations through the same writes as the pipeline. */
export async function seed(database: Database, options: SeedOptions): Promise<Seeded> {
  const viewer = viewerFromClaims({ sub: `${options.tenant}-owner`, tenant: options.tenant, role: 'STANDARD' });
  const scope = await createViewerRegistry(database)(viewer);
  const sha256 = createHash('sha256').update(options.tenant).digest('hex');
  const { archiveId, sessionId } = await inTenant(database, scope, async (client) => {
    const { userId } = scope;
    const created = await createUpload(client, { fileName: 'export.json', byteSize: 100, sha256, userId });
    await completeUpload(client, { archiveId: created.archiveId, sha256, objectKey: `archives/${options.tenant}` });
    const start = { archiveId: created.archiveId, platformId: platformUuid('chatgpt'), format: 'chatgpt-json', userId };
    return { archiveId: created.archiveId, ...(await startSession(client, start)) };
  });
  const conversationIds: string[] = [];
  for (let number = 0; number < options.conversations; number += 1) {
    conversationIds.push(
      await inTenant(database, scope, (client) => storeConversation(client, sessionId, number, options)),
    );
  }
  const { messageIds, itemIds } = await inTenant(database, scope, async (client) => {
    const ids = async (table: string) => {
      const { rows } = await client.query<{ id: string }>(`SELECT id FROM intelligence.${table} ORDER BY id`);
      return rows.map(({ id }) => id);
    };
    const items = await ids('intelligence_items');
    await relateInChain(client, items);
    const issues = Array.from({ length: options.issues ?? 0 }, (_, ordinal) => ({
      code: 'INVALID_RECORD',
      message: `Record ${ordinal} is broken.`,
      location: `conversations.json[${ordinal}]`,
    }));
    await recordIssues(client, sessionId, issues);
    await addCounts(client, sessionId, {
      conversations: options.conversations,
      issues: issues.length,
      items: items.length,
    });
    return { messageIds: await ids('messages'), itemIds: items };
  });
  return { scope, viewer, archiveId, sessionId, conversationIds, messageIds, itemIds };
}

async function storeConversation(
  client: TenantClient,
  sessionId: string,
  number: number,
  options: SeedOptions,
): Promise<string> {
  const conversation = {
    platformId: platformUuid(number % 2 === 0 ? 'chatgpt' : 'claude'),
    externalId: `conversation-${number}`,
    title: `Talk ${number} about 100% of ${options.tenant}`,
    url: null,
    createdAt: null,
    updatedAt: null,
    metadata: {},
    raw: '{}',
    messages: messagesOf(number, options.messagesEach),
  };
  const [merged] = await mergeConversations(client, sessionId, [{ ordinal: number, conversation }]);
  if (!merged) throw new Error('Nothing was stored.');
  const { conversationId } = merged;
  await storeItems(client, conversationId, options.itemsEach);
  return conversationId;
}

function messagesOf(conversation: number, length: number): IncomingMessage[] {
  // Pairs of conversations share their times, so that order must fall back on ids.
  const base = START + Math.floor(conversation / 2) * 86_400_000;
  const path = Array.from({ length }, (_, index) =>
    message(`m${index}`, index === 0 ? null : `m${index - 1}`, index, base),
  );
  return [...path, { ...message('branch', length > 0 ? 'm0' : null, length, base), sequence: null }];
}

function message(externalId: string, parentExternalId: string | null, sequence: number, base: number): IncomingMessage {
  return {
    externalId,
    parentExternalId,
    role: sequence % 2 === 0 ? 'USER' : 'ASSISTANT',
    author: null,
    text: `We decided to use PostgreSQL 🐘 for part ${sequence}.`,
    hidden: false,
    sequence,
    createdAt: new Date(base + sequence * 60_000),
    model: null,
    contentType: 'text',
    attachments: [],
    metadata: {},
    raw: JSON.stringify({ id: externalId, big: 1 }),
  };
}

async function storeItems(client: TenantClient, conversationId: string, count: number): Promise<void> {
  const { rows } = await client.query<{ id: string; text: string; createdAt: Date }>(
    `SELECT id, text, created_at AS "createdAt" FROM intelligence.messages WHERE conversation_id = $1 AND sequence = 0`,
    [conversationId],
  );
  const found = rows.flatMap((row) =>
    Array.from({ length: count }, (_, index) => ({
      type: INTELLIGENCE_TYPES[index % INTELLIGENCE_TYPES.length] ?? 'TECHNICAL_DECISION',
      title: `Use PostgreSQL (${index})`,
      summary: null,
      content: row.text,
      confidence: 0.5 + (index % 5) / 10,
      completeness: null,
      priority: 0.3,
      tags: ['postgresql', `tag-${index % 3}`],
      evidence: [{ messageId: row.id, start: index, end: index + 5, quote: row.text.slice(index, index + 5) }],
      // Every third has no time of its own.
      occurredAt: index % 3 === 2 ? null : row.createdAt,
    })),
  );
  await replaceItems(client, { id: conversationId, revision: 1 }, 'test', found);
}

async function relateInChain(client: TenantClient, items: readonly string[]): Promise<void> {
  const found = items.slice(1).map((targetId, index) => ({
    sourceId: items[index] ?? '',
    targetId,
    type: index % 2 === 0 ? ('DEPENDS_ON' as const) : ('RELATES_TO' as const),
    strength: 0.4 + (index % 6) / 10,
    confidence: 0.9,
    reason: 'One follows from the other.',
    metadata: {},
  }));
  if (found.length > 0) await replaceRelations(client, items, found);
}
