import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type Bell,
  completeUpload,
  createUpload,
  type Database,
  inTenant,
  openBell,
  startSession,
} from '@colloquy/database';
import { toId } from '@colloquy/domain';
import { openObjectStore } from '@colloquy/objects';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { graphql } from 'graphql';
import type { PoolClient } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { testStores } from '../../../tests/support/stores.ts';
import { createLoaders } from '../src/loaders/loaders.ts';
import { buildArchiveSchema } from '../src/schema/build.ts';
import { createTenantStore } from '../src/tenant-store.ts';
import { type Seeded, seed } from './support/seed.ts';

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
let bell: Bell;
let few: Seeded;
let many: Seeded;
const statements: string[] = [];
const schema = buildArchiveSchema();

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'colloquy-batching-'));
  bell = openBell(testStores().redis.url, () => undefined);
  const seeding = testDatabase.open();
  few = await seed(seeding, { tenant: 'few', conversations: 2, messagesEach: 3, itemsEach: 2, issues: 1 });
  many = await seed(seeding, { tenant: 'many', conversations: 40, messagesEach: 8, itemsEach: 5, issues: 20 });
  database = testDatabase.open('counted');
  database.pool.on('connect', countStatements);
}, 60_000);
afterAll(async () => {
  bell.close();
  await testDatabase.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Notes every statement but those that frame a transaction. */
function countStatements(client: PoolClient): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  client.query = ((...args: unknown[]) => {
    const text = typeof args[0] === 'string' ? args[0] : String((args[0] as { text?: string }).text);
    if (!/^\s*(BEGIN|COMMIT|ROLLBACK|SELECT set_config)/i.test(text)) statements.push(text);
    return query(...args);
  }) as typeof client.query;
}

async function run(seeded: Seeded, source: string, variableValues: Record<string, unknown> = {}) {
  const store = createTenantStore(database, async () => seeded.scope);
  const objects = openObjectStore(pathToFileURL(folder).href);
  const signal = new AbortController().signal;
  const contextValue = {
    viewer: seeded.viewer,
    store,
    loaders: createLoaders(store),
    bell,
    objects,
    maxArchiveBytes: 1,
    signal,
  };
  statements.length = 0;
  const { data, errors } = await graphql({ schema, source, contextValue, variableValues });
  expect(errors).toBeUndefined();
  return { data: data as Record<string, unknown>, statements: [...statements] };
}

describe('the number of statements', () => {
  test('does not grow with the number of items, conversations, messages and relations', async () => {
    const query = `query ($first: Int!) {
      items(first: $first) { totalCount edges { node {
        title evidence { quote message { text parent { id } children { id } conversation { title } raw } }
        conversation { title platform { name } messages(first: 2) { totalCount edges { node { text } } } items(first: 3) { edges { node { title } } } }
        relations(first: 5) { totalCount edges { node { reason source { title conversation { id } } target { title } } } }
      } } }
      conversations(first: $first) { edges { node { title platform { name } all: messages(branch: ALL) { edges { node { children { id } } } } } } }
      extractionSessions { edges { node { archive { sessions { id } } platform { name } issues { totalCount } items { totalCount } conversations(first: 50) { edges { node { title } } } } } }
    }`;
    // Branches of the operation may or may not meet in one batch, but each field costs at most one statement per list.
    const { data, statements: sent } = await run(many, query, { first: 100 });
    expect((data.items as { edges: unknown[] }).edges).toHaveLength(100);
    expect(sent.length).toBeLessThanOrEqual(45);
  });

  test('is the same for 4 and for 100 items', async () => {
    const query = `query ($first: Int!) { items(first: $first) { edges { node {
      evidence { message { conversation { platform { name } items(first: 3) { totalCount } } } } } } } }`;
    const small = await run(many, query, { first: 4 });
    const large = await run(many, query, { first: 100 });
    expect(large.statements.length).toBe(small.statements.length);
  });

  test.each([
    ['IntelligenceItem', 'item', 'itemIds', 'title'],
    ['Message', 'message', 'messageIds', 'text'],
    ['Conversation', 'conversation', 'conversationIds', 'title'],
  ] as const)('_entities of many %s is one', async (type, kind, ids, field) => {
    const representations = many[ids].map((id) => ({ __typename: type, id: toId(kind, id) }));
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${type} { id ${field} } } }`;
    const { data, statements: sent } = await run(many, query, { representations });
    expect((data._entities as { id: string }[]).map(({ id }) => id)).toEqual(representations.map(({ id }) => id));
    expect(sent).toHaveLength(1);
  });

  test('_entities of several types is one per type, and null for what is not there', async () => {
    const representations = [
      { __typename: 'Message', id: toId('message', many.messageIds[0]!) },
      { __typename: 'IntelligenceItem', id: toId('item', many.itemIds[0]!) },
      { __typename: 'IntelligenceItem', id: toId('item', few.itemIds[0]!) },
      { __typename: 'IntelligenceItem', id: 'nonsense' },
      { __typename: 'SourceArchive', id: toId('archive', many.archiveId) },
      { __typename: 'ExtractionSession', id: toId('session', many.sessionId) },
    ];
    const query = 'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }';
    const { data, statements: sent } = await run(many, query, { representations });
    expect(data._entities).toEqual([
      { __typename: 'Message' },
      { __typename: 'IntelligenceItem' },
      null,
      null,
      { __typename: 'SourceArchive' },
      { __typename: 'ExtractionSession' },
    ]);
    expect(sent).toHaveLength(4);
  });

  test('of sessions with stages, rates, issue counts and retries is the same for 1 and for 25', async () => {
    const query = `query ($first: Int!) { extractionSessions(first: $first) { edges { node {
      id seconds messagesPerSecond bytesPerSecond retries unchangedMessageCount
      stages { stage seconds } issueCounts { code count } } } } }`;
    const start = { platformId: null, format: 'chatgpt-json', userId: many.scope.userId };
    await inTenant(database, many.scope, async (client) => {
      for (let number = 0; number < 24; number += 1) {
        const sha256 = number.toString(16).padStart(64, '0');
        const upload = { fileName: `${number}.json`, byteSize: 1, sha256, userId: many.scope.userId };
        const { archiveId } = await createUpload(client, upload);
        await completeUpload(client, { archiveId, sha256, objectKey: `archives/${number}` });
        await startSession(client, { archiveId, ...start });
      }
    });
    const one = await run(many, query, { first: 1 });
    const all = await run(many, query, { first: 100 });
    const { edges } = all.data.extractionSessions as { edges: { node: { stages: unknown[] } }[] };
    expect(edges).toHaveLength(25);
    expect(edges.every(({ node }) => node.stages.length === 5)).toBe(true);
    expect(all.statements.length).toBe(one.statements.length);
    // Ids, sessions, stages, issue counts, retries: what PARSE has not read needs no archive.
    expect(all.statements).toHaveLength(5);
  });

  test('a list is counted only when somebody asks', async () => {
    const page = '{ items(first: 1) { edges { node { id } } pageInfo { hasNextPage } } }';
    expect((await run(many, page)).statements.filter((text) => text.includes('count('))).toEqual([]);
  });
});

describe('the plan', () => {
  test('of a page reads the index in order and stops after the page', async () => {
    const { statements: sent } = await run(many, '{ items(first: 2) { edges { node { id } } } }');
    const page = sent.find((text) => text.includes('LATERAL')) ?? '';
    const client = await database.pool.connect();
    try {
      await client.query('BEGIN');
      await client.query(`SELECT set_config('app.tenant_id', $1, true)`, [many.scope.tenantId]);
      await client.query('SET LOCAL enable_seqscan = off');
      await client.query('SET LOCAL enable_sort = off');
      const { rows } = await client.query(`EXPLAIN ${page}`, [['00000000-0000-0000-0000-000000000000'], 3]);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toMatch(/Index.*Scan using intelligence_items_newest/);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });
});
