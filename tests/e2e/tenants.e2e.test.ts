import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kindOf, toId } from '@colloquy/domain';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateExport } from '../support/generated-export.ts';
import { startPlatform, type TestPlatform } from '../support/platform.ts';
import { PROGRESS } from '../support/progress.ts';
import { snapshot } from '../support/snapshot.ts';

/** Alice's tenant and Mallory's hold archives that look alike; Mallory knows every id of Alice's. */
let platform: TestPlatform;
let folder: string;
let alice: string;
let mallory: string;
let ids: { session: string; archive: string; conversation: string; message: string; item: string; relation: string };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'colloquy-files-'));
  platform = await startPlatform();
  await platform.settled();
  alice = await platform.token('alice');
  mallory = await platform.token('mallory');
  const file = join(folder, 'alice.json');
  writeFileSync(file, generateExport({ conversations: 4, turns: 8 }).json);
  const imported = await platform.command(['import', file, '--json'], { COLLOQUY_TOKEN: alice });
  const session = (JSON.parse(imported.stdout) as { sessionId: string }).sessionId;
  const { data } = await platform.graphql(
    alice,
    `query ($id: ID!) {
      extractionSession(id: $id) { archive { id } }
      conversations(first: 1) { edges { node { id messages(first: 1) { edges { node { id } } } } } }
      items(first: 50) { edges { node { id relations(first: 1) { edges { node { id } } } } } }
    }`,
    { id: session },
  );
  const conversation = data.conversations.edges[0].node;
  const related = data.items.edges.find(
    (edge: { node: { relations: { edges: unknown[] } } }) => edge.node.relations.edges.length > 0,
  ).node;
  ids = {
    session,
    archive: data.extractionSession.archive.id,
    conversation: conversation.id,
    message: conversation.messages.edges[0].node.id,
    item: related.id,
    relation: related.relations.edges[0].node.id,
  };
}, 300_000);

afterAll(async () => {
  await platform?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 120_000);

/** A well-formed id of the same kind that names nothing: answers about Alice's rows must equal answers about it. */
function absent(id: string): string {
  const kind = kindOf(id);
  if (!kind) throw new Error(`${id} is no id.`);
  return toId(kind, '01890000-0000-7000-8000-000000000000');
}

/** Asks about a foreign id and about one that does not exist; both must answer alike. */
async function indistinguishable(query: string, id: string): Promise<unknown> {
  const [foreign, nothing] = [
    await platform.graphql(mallory, query, { id }),
    await platform.graphql(mallory, query, { id: absent(id) }),
  ];
  const text = (answer: unknown) => JSON.stringify(answer).replaceAll(id, 'ID').replaceAll(absent(id), 'ID');
  // Request ids and times differ between any two answers.
  const plain = (answer: unknown) => text(answer).replace(/"requestId":"[^"]*"/g, '');
  expect(plain(foreign)).toBe(plain(nothing));
  return foreign;
}

describe('reading', () => {
  test.each([
    ['archive', 'query ($id: ID!) { node(id: $id) { id } }'],
    ['session', 'query ($id: ID!) { node(id: $id) { id } extractionSession(id: $id) { id } }'],
    [
      'conversation',
      'query ($id: ID!) { node(id: $id) { id } conversation(id: $id) { id } items(filter: { conversationId: $id }) { totalCount } search(text: "queue", filter: { conversationId: $id }) { totalCount edges { score: cursor } } }',
    ],
    ['message', 'query ($id: ID!) { node(id: $id) { id ... on Message { text similar { score } } } }'],
    [
      'item',
      'query ($id: ID!) { node(id: $id) { id } item(id: $id) { id connectionCount similar { score } } dependencyChains(of: $id) { depth } }',
    ],
    ['relation', 'query ($id: ID!) { node(id: $id) { id } }'],
  ] as const)('an id of a foreign %s is as good as none', async (kind, query) => {
    const answer = (await indistinguishable(query, ids[kind])) as { data: Record<string, unknown> | null };
    for (const value of Object.values(answer.data ?? {}))
      expect([null, undefined, 0].includes(value as null) || isEmpty(value)).toBe(true);
  });

  test('lists, search and the graph are empty', async () => {
    const { data } = await platform.graphql(
      mallory,
      '{ conversations { totalCount } items { totalCount } extractionSessions { totalCount } search(text: "billing service", mode: HYBRID) { edges { cursor } } hubs(moreThan: 0) { connections } evolutions { similarity } }',
    );
    expect(isEmpty(data)).toBe(true);
  });

  test('progress of a foreign session cannot be followed', async () => {
    const client = platform.subscriptions(mallory);
    const outcome = await new Promise<unknown>((resolve) => {
      const received: unknown[] = [];
      client.subscribe(
        { query: PROGRESS, variables: { session: ids.session, after: null } },
        { next: (result) => received.push(result), error: () => resolve(received), complete: () => resolve(received) },
      );
    });
    await client.dispose();
    expect(JSON.stringify(outcome)).not.toContain('cursor":"');
    expect(JSON.stringify(outcome)).not.toContain('COMPLETED');
  });
});

describe('changing', () => {
  test.each([
    [
      'item',
      'mutation ($id: ID!) { rateItem(input: { itemId: $id, rating: 1, feedbackType: "x" }) { __typename ... on Error { message } } }',
    ],
    [
      'archive',
      'mutation ($id: ID!) { importArchive(input: { archiveId: $id }) { __typename ... on Error { message } } }',
    ],
    [
      'session',
      'mutation ($id: ID!) { cancelExtraction(input: { sessionId: $id }) { __typename ... on Error { message } } }',
    ],
  ] as const)('a foreign %s is not found', async (kind, mutation) => {
    const answer = await indistinguishable(mutation, ids[kind]);
    expect(JSON.stringify(answer)).toContain('NotFoundError');
  });

  test('bytes cannot be sent to a foreign archive', async () => {
    const put = (id: string) =>
      fetch(`${platform.url}/uploads/${id}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${mallory}` },
        body: 'x',
      });
    const [foreign, nothing] = [await put(ids.archive), await put(absent(ids.archive))];
    expect(foreign.status).toBe(nothing.status);
    expect(foreign.status).toBe(404);
  });

  test('a foreign archive cannot be exported', async () => {
    const get = (id: string) =>
      fetch(`${platform.url}/exports/${id}`, { headers: { authorization: `Bearer ${mallory}` } });
    const [foreign, nothing] = [await get(ids.archive), await get(absent(ids.archive))];
    expect([foreign.status, await foreign.json()]).toEqual([nothing.status, await nothing.json()]);
    expect(foreign.status).toBe(404);
    expect(await (await get('all')).text()).not.toContain('"type":"message"');
  });

  test('the same bytes are a session of their own', async () => {
    const before = await snapshot(await platform.settings(), 'alice');
    const imported = await platform.command(['import', join(folder, 'alice.json'), '--json'], {
      COLLOQUY_TOKEN: mallory,
    });
    const line = JSON.parse(imported.stdout) as { sessionId: string; newConversations: number; status: string };
    expect(line).toMatchObject({ status: 'COMPLETED', newConversations: 4 });
    expect(line.sessionId).not.toBe(ids.session);
    expect(await snapshot(await platform.settings(), 'alice')).toEqual(before);
  }, 120_000);
});

describe('the back doors', () => {
  test('a subgraph answers nobody but the gateway', async () => {
    const { stdout } = await platform.command(['doctor', '--json']);
    const { processes } = JSON.parse(stdout) as { processes: { name: string; address: string }[] };
    for (const name of ['archive', 'knowledge', 'search']) {
      const address = processes.find((one) => one.name === name)!.address;
      const body = JSON.stringify({
        query: 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
        variables: { r: [{ __typename: 'IntelligenceItem', id: ids.item }] },
      });
      for (const headers of [{}, { authorization: `Bearer ${mallory}` }, { 'x-colloquy-identity': mallory }]) {
        const response = await fetch(`${address}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body,
        });
        expect({ name, status: response.status }).toEqual({ name, status: 401 });
      }
    }
  });
});

/** Null, 0, an empty list, or an object of nothing else. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === 0) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.values(value).every(isEmpty);
}
