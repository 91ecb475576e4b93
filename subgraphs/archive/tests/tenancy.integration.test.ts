import { inTenant } from '@colloquy/database';
import { toId } from '@colloquy/domain';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { asOwner } from '../../../tests/support/database.ts';
import { claims, startArchive, type TestArchive } from './support/archive.ts';
import { type Seeded, seed } from './support/seed.ts';

let archive: TestArchive;
let theirs: Seeded;
const stranger = claims('stranger', 'ADMINISTRATOR');

beforeAll(async () => {
  archive = await startArchive();
  theirs = await seed(archive.database, {
    tenant: 'owner',
    conversations: 3,
    messagesEach: 3,
    itemsEach: 2,
    issues: 1,
  });
}, 30_000);
afterAll(() => archive.close());

/** Every id that the other tenant's rows have at the edge. */
async function foreignIds(): Promise<Record<string, string>> {
  const relation = await inTenant(archive.database, theirs.scope, (client) =>
    client.query<{ id: string }>('SELECT id FROM intelligence.intelligence_relationships LIMIT 1'),
  );
  return {
    SourceArchive: toId('archive', theirs.archiveId),
    ExtractionSession: toId('session', theirs.sessionId),
    Conversation: toId('conversation', theirs.conversationIds[0]!),
    Message: toId('message', theirs.messageIds[0]!),
    IntelligenceItem: toId('item', theirs.itemIds[0]!),
    ItemRelation: toId('relation', relation.rows[0]!.id),
  };
}

/** All rows of the other tenant, as text: whatever changes one shows here. */
async function rowsOfTheirs(): Promise<unknown> {
  return inTenant(archive.database, theirs.scope, async (client) => {
    const tables = [
      'source_archives',
      'extraction_sessions',
      'session_stages',
      'conversations',
      'messages',
      'intelligence_items',
      'intelligence_feedback',
      'projection_runs',
    ];
    const rows = [];
    for (const table of tables)
      rows.push((await client.query(`SELECT t::text FROM intelligence.${table} t ORDER BY 1`)).rows);
    return rows;
  });
}

describe('another tenant', () => {
  test('finds nothing in any root field', async () => {
    const ids = await foreignIds();
    const { data, errors } = await archive.ask(
      stranger,
      `query ($session: ID!, $conversation: ID!, $item: ID!, $run: ID!) {
        extractionSession(id: $session) { id } extractionSessions { totalCount edges { node { id } } }
        conversation(id: $conversation) { id } conversations { totalCount edges { node { id } } }
        item(id: $item) { id } items { totalCount edges { node { id } } } projectionRun(id: $run) { id }
        byConversation: items(filter: { conversationId: $conversation }) { totalCount }
      }`,
      {
        session: ids.ExtractionSession,
        conversation: ids.Conversation,
        item: ids.IntelligenceItem,
        run: toId('run', theirs.sessionId),
      },
    );
    expect(errors).toBeUndefined();
    const none = { totalCount: 0, edges: [] };
    expect(data).toEqual({
      extractionSession: null,
      extractionSessions: none,
      conversation: null,
      conversations: none,
      item: null,
      items: none,
      projectionRun: null,
      byConversation: { totalCount: 0 },
    });
  });

  test('finds nothing through node and _entities', async () => {
    for (const [type, id] of Object.entries(await foreignIds())) {
      const { data, errors } = await archive.ask(
        stranger,
        'query ($id: ID!, $representations: [_Any!]!) { node(id: $id) { id } _entities(representations: $representations) { __typename } }',
        { id, representations: [{ __typename: type, id }] },
      );
      expect(errors).toBeUndefined();
      expect(data).toEqual({ node: null, _entities: [null] });
    }
  });

  test('goes on at a cursor of ours in its own empty list', async () => {
    const { data } = await archive.ask(claims('owner'), '{ items(first: 1) { edges { cursor } } }');
    const after = data.items.edges[0].cursor;
    const answer = await archive.ask(stranger, 'query ($after: String) { items(after: $after) { edges { cursor } } }', {
      after,
    });
    expect(answer.data).toEqual({ items: { edges: [] } });
  });

  test('changes nothing through any mutation, and is told no more than of an id that never was', async () => {
    const before = await rowsOfTheirs();
    const mutate = (ids: Record<string, string>) =>
      archive.ask(
        stranger,
        `mutation ($archive: ID!, $session: ID!, $item: ID!) {
          importArchive(input: { archiveId: $archive }) { __typename ... on Error { code message } }
          cancelExtraction(input: { sessionId: $session }) { __typename ... on Error { code message } }
          rateItem(input: { itemId: $item, rating: 5, feedbackType: "usefulness" }) { __typename ... on Error { code message } }
        }`,
        ids,
      );
    const foreign = await foreignIds();
    const ours = {
      archive: foreign.SourceArchive!,
      session: foreign.ExtractionSession!,
      item: foreign.IntelligenceItem!,
    };
    const absent = {
      archive: toId('archive', theirs.sessionId),
      session: toId('session', theirs.archiveId),
      item: toId('item', theirs.sessionId),
    };
    const neutral = (answer: unknown, ids: Record<string, string>) =>
      Object.values(ids).reduce((text, id) => text.replaceAll(id, 'ID'), JSON.stringify(answer));
    const told = neutral(await mutate(ours), ours);
    expect(told).toBe(neutral(await mutate(absent), absent));
    expect(told.match(/NotFoundError/g)).toHaveLength(3);
    expect(await rowsOfTheirs()).toEqual(before);
  });

  test('is not told that bytes with a hash it knows are stored by somebody else', async () => {
    const { rows } = await inTenant(archive.database, theirs.scope, (client) =>
      client.query('SELECT sha256 FROM intelligence.source_archives'),
    );
    const { data } = await archive.ask(
      stranger,
      `mutation ($sha256: String) { createArchiveUpload(input: { fileName: "x.json", byteSize: 100, sha256: $sha256 }) {
        ... on CreateArchiveUploadPayload { uploadUrl archive { sha256 } } } }`,
      { sha256: rows[0].sha256 },
    );
    expect(data.createArchiveUpload).toEqual({
      uploadUrl: expect.stringMatching(/^\/uploads\/arch_/),
      archive: { sha256: null },
    });
  });

  test('a rebuild of its projection is its own', async () => {
    const before = await rowsOfTheirs();
    const { data } = await archive.ask(
      stranger,
      'mutation { rebuildProjection(input: { projection: GRAPH }) { ... on RebuildProjectionPayload { runId } } }',
    );
    const query = 'query ($id: ID!) { projectionRun(id: $id) { projection status } }';
    const id = data.rebuildProjection.runId;
    expect((await archive.ask(stranger, query, { id })).data.projectionRun).toEqual({
      projection: 'GRAPH',
      status: 'PENDING',
    });
    expect((await archive.ask(claims('owner'), query, { id })).data.projectionRun).toBeNull();
    expect(await rowsOfTheirs()).toEqual(before);
  });

  test('uploads to a foreign archive are 404, as to one that never was', async () => {
    const send = async (id: string) => {
      const response = await fetch(`${archive.url}/uploads/${id}`, {
        method: 'PUT',
        body: 'x',
        headers: await archive.headers(stranger),
      });
      return { status: response.status, body: await response.text() };
    };
    const foreign = await send(toId('archive', theirs.archiveId));
    expect(foreign.status).toBe(404);
    expect(foreign).toEqual(await send(toId('archive', theirs.sessionId)));
  });
});

describe('the credential', () => {
  test.each([
    ['no header', {}],
    ['a forged header', { 'x-colloquy-identity': 'eyJhbGciOiJub25lIn0.e30.' }],
  ])('%s is 401 for queries and uploads', async (_, headers) => {
    const body = JSON.stringify({ query: '{ viewer { id } }' });
    const query = await fetch(`${archive.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    const upload = await fetch(`${archive.url}/uploads/arch_x`, { method: 'PUT', headers, body });
    expect([query.status, upload.status]).toEqual([401, 401]);
  });

  test('claims without a tenant are UNAUTHENTICATED', async () => {
    const { errors } = await archive.ask({ sub: 'somebody' }, '{ viewer { id } }');
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const response = await fetch(`${archive.url}/uploads/arch_x`, {
      method: 'PUT',
      body: 'x',
      headers: await archive.headers({ sub: 'somebody' }),
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('no row is visible outside a transaction that named a tenant', async () => {
    const { rows } = await asOwner(archive.testDatabase.url, (client) =>
      client.query(
        'SELECT (SELECT count(*)::int FROM intelligence.messages) + (SELECT count(*)::int FROM intelligence.tenants) AS seen',
      ),
    );
    expect(rows).toEqual([{ seen: 0 }]);
  });
});
