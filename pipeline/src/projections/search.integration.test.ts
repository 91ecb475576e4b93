/** What becomes of a tenant's search projection when making it is cut off. */
import { createHash, randomUUID } from 'node:crypto';
import {
  createViewerRegistry,
  type Database,
  ensureGeneration,
  type Generation,
  type IncomingMessage,
  inTenant,
  markEmbedded,
  mergeConversations,
  registerEmbeddingVersion,
  replaceChunks,
  storeVectors,
  type TenantScope,
} from '@colloquy/database';
import { platformUuid, toId, viewerFromClaims } from '@colloquy/domain';
import {
  openVectorIndex,
  type ProjectionTarget,
  type VectorIndex,
  VectorStoreUnavailableError,
} from '@colloquy/vectors';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { startNamedSession } from '../../../packages/database/src/testing/start-sessions.ts';
import { asOwner, createTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { testStores } from '../../../tests/support/stores.ts';
import { until } from '../../../tests/support/wait.ts';
import type { PipelineContext } from '../context.ts';
import { projectSearch, searchTarget } from './search.ts';

const VERSION = { id: `three-${randomUUID()}`, model: 'three', dimensions: 3, maxTokens: 10, normalized: true };
const APPLICATION = 'colloquy-projecting';
let testDatabase: TestDatabase;
let database: Database;
let vectors: VectorIndex;
let scope: TenantScope & { userId: string };
let generation: Generation;
let messageId: string;

const TEXT = 'Keep the buffer small.';
const message: IncomingMessage = {
  externalId: 'm',
  parentExternalId: null,
  role: 'USER',
  author: null,
  text: TEXT,
  hidden: false,
  sequence: 0,
  createdAt: null,
  model: null,
  contentType: 'text',
  metadata: {},
  raw: '{}',
  attachments: [],
};
const about = { title: null, url: null, createdAt: null, updatedAt: null, metadata: {}, raw: '{}' };
const conversation = { platformId: platformUuid('chatgpt'), externalId: 'c', ...about, messages: [message] };

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = testDatabase.open(APPLICATION);
  vectors = openVectorIndex(testStores().weaviate);
  await registerEmbeddingVersion(database.pool, VERSION);
}, 60_000);
afterAll(async () => {
  await vectors.close();
  await testDatabase.drop();
});

/** A tenant with one message, cut and embedded, of which the search store knows nothing. */
beforeEach(async () => {
  const tenant = randomUUID();
  scope = await createViewerRegistry(database)(viewerFromClaims({ sub: 'u', tenant, role: 'STANDARD' }));
  const sessionId = await startNamedSession(database, scope, tenant);
  await inTenant(database, scope, async (client) => {
    await mergeConversations(client, sessionId, [{ ordinal: 0, conversation }]);
    const { rows } = await client.query<{ id: string; conversation: string }>(
      'SELECT id, conversation_id AS conversation FROM intelligence.messages',
    );
    const [{ id, conversation: conversationId } = { id: '', conversation: '' }] = rows;
    const textHash = createHash('sha256').update(TEXT).digest('hex');
    const chunk = { chunkNumber: 0, attachmentId: null, start: 0, end: TEXT.length, content: TEXT, textHash };
    await replaceChunks(client, conversationId, VERSION.id, [{ ownerKind: 'MESSAGE', ownerId: id, ...chunk }]);
    await storeVectors(client, VERSION.id, [{ textHash, content: TEXT }], [Float32Array.of(1, 0, 0)]);
    await markEmbedded(client, VERSION.id, [conversationId]);
    generation = await ensureGeneration(client, 'SEARCH', 'ACTIVE', VERSION.id);
    messageId = toId('message', id);
  });
});

/** One round of the projection, over what may fail on the way. */
const round = (over: Partial<VectorIndex> = {}) =>
  projectSearch({ database, vectors: { ...vectors, ...over } } as PipelineContext, scope, VERSION, generation);

async function expectWholeAfterRetry(): Promise<void> {
  while ((await round()) > 0);
  const target = searchTarget(scope, VERSION, generation);
  expect(await vectors.activeTarget(scope.tenantId)).toEqual(target);
  const owners: string[] = [];
  for await (const { ownerId } of vectors.listChunks(target)) owners.push(ownerId);
  expect(owners).toEqual([messageId]);
  await vectors.dropTenant(target);
}

test('PostgreSQL going away while the store is made ready leaves nothing that is never shown', async () => {
  const beside = testDatabase.open();
  await asOwner(testDatabase.ownerUrl, async (owner) => {
    await owner.query('BEGIN');
    // Reading goes on, writing waits: the round stands still where it notes that everything is due again.
    await owner.query('LOCK TABLE intelligence.conversation_projections IN SHARE MODE');
    const cutOff = expect(round()).rejects.toThrow();
    await until('the round to wait', 20_000, async () => {
      const { rowCount } = await beside.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND wait_event_type = 'Lock'`,
        [APPLICATION],
      );
      return rowCount === 1 ? true : null;
    });
    await cutOff;
    await owner.query('ROLLBACK');
  });
  await expectWholeAfterRetry();
});

const away = new VectorStoreUnavailableError('cut off');
test.each(['activate', 'ensureTenant'] as const)(
  'Weaviate going away before or behind %s does neither',
  async (step) => {
    const before = () => Promise.reject(away);
    const behind = async (target: ProjectionTarget): Promise<never> => {
      await vectors[step](target);
      throw away;
    };
    await expect(round({ [step]: before })).rejects.toBe(away);
    await expect(round({ [step]: behind })).rejects.toBe(away);
    await expectWholeAfterRetry();
  },
);
