// Long, since all of it is asked of one running platform: starting one takes longer than most of these tests.
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { generateExport } from '../support/generated-export.ts';
import { ROOT, startPlatform, type TestPlatform } from '../support/platform.ts';
import { messagesWithText, snapshot } from '../support/snapshot.ts';

const EXPORTS = join(ROOT, '../shared/fixtures/exports');
const SCALE = join(ROOT, '../shared/fixtures/scale/chatgpt-meetings.zip');

interface ImportLine {
  file: string;
  sessionId: string | null;
  status: string;
  code: string | null;
  conversations: number;
  messages: number;
  items: number;
  issues: number;
  newConversations: number;
  newMessages: number;
  changedConversations: number;
  unchangedConversations: number;
  changedMessages: number;
  unchangedMessages: number;
  absentMessages: number;
  attachments: number;
  seconds: number;
}

let platform: TestPlatform;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'colloquy-files-'));
  platform = await startPlatform();
  await platform.settled();
}, 300_000);

afterAll(async () => {
  await platform?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 120_000);

async function importFile(
  tenant: string,
  ...files: string[]
): Promise<{ lines: ImportLine[]; code: number | null; stderr: string; milliseconds: number }> {
  const result = await platform.command(['import', ...files, '--json'], {
    COLLOQUY_TOKEN: await platform.token(tenant),
  });
  const lines = result.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ImportLine);
  return { lines, code: result.code, stderr: result.stderr, milliseconds: result.milliseconds };
}

/** Statements that PostgreSQL ran for the archive subgraph so far; the queue's and the heartbeat's polling is left out. */
async function statements(): Promise<number> {
  const settings = await platform.settings();
  const client = new Client({ connectionString: settings.DATABASE_OWNER_URL });
  await client.connect();
  try {
    const { rows } = await client.query<{ calls: number }>(
      `SELECT coalesce(sum(calls), 0)::int AS calls FROM pg_stat_statements WHERE query ILIKE 'select%' AND query LIKE '%intelligence%'
       AND query NOT LIKE '%worker_heartbeats%' AND query NOT LIKE '%pg_stat_statements%'`,
    );
    return rows[0]!.calls;
  } finally {
    await client.end();
  }
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('starting', () => {
  test('prints one ready line and how each store was found', () => {
    expect(platform.output().match(/^ready http:\/\/\S+\/graphql$/gm)).toHaveLength(1);
    for (const store of ['postgres', 'redis', 'neo4j', 'weaviate'])
      expect(platform.output().toLowerCase()).toContain(store);
    // The figure that matters (30 s) is measured by hand; a loaded machine may take longer.
    expect(platform.readyAfter).toBeLessThan(90_000);
  });

  test('doctor reports every store and process as healthy', async () => {
    const { code, stdout } = await platform.command(['doctor', '--json']);
    const report = JSON.parse(stdout) as {
      stores: { name: string; state: string; how: string }[];
      processes: { name: string; state: string }[];
    };
    expect(code).toBe(0);
    expect(report.stores.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['postgres', 'redis', 'neo4j', 'weaviate']),
    );
    expect(new Set(report.stores.map(({ state }) => state))).toEqual(new Set(['healthy']));
    expect(report.processes.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['archive', 'knowledge', 'search', 'worker', 'gateway']),
    );
  });

  test('health and the explorer need no token, the graph does', async () => {
    const ready = await fetch(`${platform.url}/health/ready`);
    expect(ready.status).toBe(200);
    expect((await fetch(`${platform.url}/`)).status).toBe(200);
    const refused = await fetch(`${platform.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ viewer { id } }"}',
    });
    expect(refused.status).toBe(401);
  });
});

describe('importing', () => {
  const generated = generateExport({ conversations: 12, turns: 12 });

  test('everything an archive holds is in all three stores', async () => {
    const { lines, code } = await importFile('whole', file('export.json', generated.json));
    expect(code).toBe(0);
    expect(lines).toEqual([
      expect.objectContaining({
        status: 'COMPLETED',
        conversations: 12,
        messages: generated.messages,
        issues: 0,
        newConversations: 12,
        newMessages: generated.messages,
      }),
    ]);
    const stored = await snapshot(await platform.settings(), 'whole');
    expect(stored.messages).toHaveLength(generated.messages);
    expect(stored.items).toHaveLength(lines[0]!.items);
    expect(stored.items.length).toBeGreaterThan(20);
    expect(stored.relations.length).toBeGreaterThan(5);
    // One node per item and conversation; one edge per relation, and one from each item to its conversation.
    expect(stored.graphNodes).toHaveLength(stored.items.length + stored.conversations.length);
    expect(stored.graphEdges).toHaveLength(stored.relations.length + stored.items.length);
    expect(stored.owners).toHaveLength(messagesWithText(stored).length + stored.items.length);
    for (const kind of ['ITEM', 'MESSAGE']) expect(stored.chunks.some((line) => line.startsWith(kind))).toBe(true);
    expect(stored.chunks.filter((line) => line.includes('unknown'))).toEqual([]);
  }, 180_000);

  test('the same bytes are the same session and add nothing', async () => {
    const before = await snapshot(await platform.settings(), 'whole');
    const first = await importFile('whole', file('export.json', generated.json));
    const again = await importFile('whole', file('renamed.json', generated.json));
    expect(again.lines[0]!.sessionId).toBe(first.lines[0]!.sessionId);
    expect(again.lines[0]!.status).toBe('COMPLETED');
    expect(await snapshot(await platform.settings(), 'whole')).toEqual(before);
  }, 120_000);

  test('a later export of the same account adds only what is new', async () => {
    const grown = generateExport({ conversations: 13, turns: 13 });
    const { lines } = await importFile('whole', file('grown.json', grown.json));
    expect(lines[0]).toMatchObject({
      status: 'COMPLETED',
      conversations: 13,
      messages: grown.messages,
      newConversations: 1,
      newMessages: grown.messages - generated.messages,
      changedConversations: 12,
      unchangedConversations: 0,
      changedMessages: 0,
      unchangedMessages: generated.messages,
      absentMessages: 0,
    });
    const stored = await snapshot(await platform.settings(), 'whole');
    expect(stored.messages).toHaveLength(grown.messages);
    expect(new Set(stored.messages).size).toBe(grown.messages);
  }, 180_000);

  test('edits, new titles and what vanished are told, and what was there stays', async () => {
    const tenant = 'edited';
    const before = generateExport({ conversations: 3, turns: 6, seed: 5 });
    await importFile(tenant, file('before.json', before.json));
    const conversations = JSON.parse(before.json);
    const [first, second] = conversations;
    const edited = first.mapping['s5-c0-u2'];
    edited.message.content.parts = ['We decided to drop the image cache, because nobody reads it.'];
    second.title = 'Another title';
    // The regenerated answer is gone.
    delete first.mapping['s5-c0-off'];
    first.mapping['s5-c0-u1'].children = ['s5-c0-a1'];

    const { lines } = await importFile(tenant, file('after.json', JSON.stringify(conversations)));
    expect(lines[0]).toMatchObject({
      status: 'COMPLETED',
      messages: before.messages - 1,
      newMessages: 0,
      changedConversations: 2,
      unchangedConversations: 1,
      changedMessages: 1,
      unchangedMessages: before.messages - 2,
      absentMessages: 1,
    });
    const { data } = await platform.graphql(
      await platform.token(tenant),
      `{
        conversations(first: 3) { edges { node { title formerTitles { title } messages(first: 50, branch: ALL) { edges { node {
          text absentSince revisions { revision text }
        } } } } } }
        items(first: 100) { edges { node { evidence { quote start end revision message { revisions { revision text } } } } } }
      }`,
    );
    const found = data.conversations.edges.map(({ node }: { node: object }) => node);
    expect(found.flatMap(({ formerTitles }: { formerTitles: object[] }) => formerTitles)).toHaveLength(1);
    const messages = found.flatMap(({ messages }: { messages: { edges: { node: object }[] } }) =>
      messages.edges.map(({ node }) => node),
    );
    expect(messages).toHaveLength(before.messages);
    expect(messages.filter(({ absentSince }: { absentSince: string | null }) => absentSince)).toHaveLength(1);
    expect(messages.filter(({ revisions }: { revisions: object[] }) => revisions.length === 2)).toHaveLength(1);
    const evidence = data.items.edges.flatMap(({ node }: { node: { evidence: object[] } }) => node.evidence);
    expect(evidence.length).toBeGreaterThan(5);
    expect(evidence.some(({ quote }: { quote: string }) => quote.includes('drop the image cache'))).toBe(true);
    for (const { quote, start, end, revision, message } of evidence) {
      const pinned = message.revisions.find((text: { revision: number }) => text.revision === revision);
      expect(pinned.text.slice(start, end)).toBe(quote);
    }

    const path = join(folder, 'remembered.jsonl');
    await platform.command(['export', path], { COLLOQUY_TOKEN: await platform.token(tenant) });
    await importFile('remembering', path);
    expect(await history('remembering')).toEqual(await history(tenant));
  }, 180_000);

  /** What is remembered of conversations, in the order of their titles. */
  async function history(tenant: string): Promise<object[]> {
    const { data } = await platform.graphql(
      await platform.token(tenant),
      `{ conversations(first: 3) { edges { node { title formerTitles { title replacedAt } messages(first: 50, branch: ALL) { edges { node {
        text absentSince revision revisions { revision text replacedAt }
      } } } } } } }`,
    );
    const found = data.conversations.edges.map(({ node }: { node: { title: string } }) => node);
    return found.toSorted((a: { title: string }, b: { title: string }) => a.title.localeCompare(b.title));
  }

  test('files that came with messages are stored, and found by what they say', async () => {
    const lamp = Buffer.from('89504e470d0a1a0a6c616d70', 'hex');
    const url = `data:image/png;base64,${lamp.toString('base64')}`;
    const picture = {
      role: 'user',
      content: [
        { type: 'text', text: 'Look.' },
        { type: 'image_url', image_url: { url } },
      ],
    };
    const answer = { role: 'assistant', content: 'A lamp.' };
    const manual = {
      file_name: 'manual.txt',
      file_type: 'text/plain',
      extracted_content: 'Zebras cross at the lantern.',
    };
    const uuid = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
    const claude = {
      uuid: uuid(1),
      name: 'Manual',
      chat_messages: [{ uuid: uuid(2), sender: 'human', text: 'Read this.', attachments: [manual] }],
    };
    const { lines, code } = await importFile(
      'whole',
      file('picture.jsonl', JSON.stringify({ messages: [picture, answer] })),
      file('manual.json', JSON.stringify([claude])),
    );
    expect([code, lines.map(({ attachments }) => attachments)]).toEqual([0, [1, 1]]);

    const token = await platform.token('whole');
    const { data } = await platform.graphql(
      token,
      '{ search(text: "zebras lantern", mode: KEYWORD) { edges { node { snippet node { ... on Message { attachments { text } } } } } } }',
    );
    expect(data.search.edges[0].node).toMatchObject({
      snippet: expect.stringContaining('lantern'),
      node: { attachments: [{ text: 'Zebras cross at the lantern.' }] },
    });
    const [stored] = (await attachments('whole')).filter(({ mediaType }) => mediaType === 'image/png');
    const response = await fetch(platform.url + stored!.url, { headers: { authorization: `Bearer ${token}` } });
    expect(Buffer.from(await response.arrayBuffer())).toEqual(lamp);
  }, 180_000);

  interface Attachment {
    mediaType: string;
    url: string | null;
  }

  async function attachments(tenant: string): Promise<Attachment[]> {
    const { data } = await platform.graphql(
      await platform.token(tenant),
      `{ conversations(first: 100) { edges { node { messages(first: 100, branch: ALL) { edges { node {
        attachments { fileName mediaType byteSize sha256 position text url }
      } } } } } } }`,
    );
    return data.conversations.edges.flatMap(({ node }: { node: { messages: { edges: object[] } } }) =>
      node.messages.edges.flatMap((edge) => (edge as { node: { attachments: Attachment[] } }).node.attachments),
    );
  }

  test('what is exported comes in again elsewhere, and is the same', async () => {
    const path = join(folder, 'everything.zip');
    const whole = { COLLOQUY_TOKEN: await platform.token('whole') };
    const exported = await platform.command(['export', path, '--json'], whole);
    const stored = await snapshot(await platform.settings(), 'whole');
    expect(JSON.parse(exported.stdout)).toMatchObject({
      conversations: 15,
      messages: stored.messages.length,
      assets: 1,
    });
    const { lines } = await importFile('elsewhere', path);
    expect(lines[0]).toMatchObject({ status: 'COMPLETED', issues: 0, newMessages: stored.messages.length });
    expect(await snapshot(await platform.settings(), 'elsewhere')).toEqual(stored);
    const described = async (tenant: string) =>
      (await attachments(tenant)).map((each) => ({ ...each, url: typeof each.url }));
    expect(await described('elsewhere')).toEqual(await described('whole'));
    expect((await platform.command(['export', path], whole)).code).toBe(2);
  }, 180_000);
});

describe('one operation over three subgraphs', () => {
  const OPERATION = `query ($first: Int!) {
    items(first: $first) { totalCount edges { node {
      id title type confidence
      conversation { title platform { name } messages(first: 2) { edges { node { text role } } } }
      evidence { start end quote message { text } }
      connectionCount dependsOn { id title } evolvesTo { title conversation { title } }
      similar(first: 3) { score snippet node { __typename ... on IntelligenceItem { title } ... on Message { text } } }
    } } }
  }`;

  test('answers with evidence, the graph and what is alike', async () => {
    const { data, errors } = await platform.graphql(await platform.token('whole'), OPERATION, { first: 30 });
    expect(errors).toBeUndefined();
    const nodes = data.items.edges.map((edge: { node: unknown }) => edge.node);
    expect(nodes).toHaveLength(30);
    for (const node of nodes) {
      expect(node.evidence.length).toBeGreaterThan(0);
      for (const { start, end, quote, message } of node.evidence) expect(message.text.slice(start, end)).toBe(quote);
      expect(node.connectionCount).not.toBeNull();
      expect(node.similar.length).toBeGreaterThan(0);
      expect(node.similar.every((hit: { node: { __typename: string } | null }) => hit.node !== null)).toBe(true);
    }
    expect(nodes.some((node: { connectionCount: number }) => node.connectionCount > 0)).toBe(true);
  }, 60_000);

  test('PostgreSQL is asked as often for thirty items as for two', async () => {
    const token = await platform.token('whole');
    const ask = async (first: number): Promise<number> => {
      const before = await statements();
      const { errors } = await platform.graphql(token, OPERATION, { first });
      expect(errors).toBeUndefined();
      return (await statements()) - before;
    };
    await ask(2);
    // Branches that run side by side may or may not share a batch, which is worth a few statements either way.
    expect(await ask(30)).toBeLessThanOrEqual((await ask(2)) + 6);
  }, 60_000);

  test('finds by words, by meaning and by both', async () => {
    for (const mode of ['keyword', 'vector', 'hybrid']) {
      const { code, stdout } = await platform.command(['search', 'billing retries', '--mode', mode, '--json'], {
        COLLOQUY_TOKEN: await platform.token('whole'),
      });
      expect({ mode, code }).toEqual({ mode, code: 0 });
      expect(stdout.length).toBeGreaterThan(10);
    }
  }, 60_000);

  test('walks the graph', async () => {
    const token = await platform.token('whole');
    const { data, errors } = await platform.graphql(
      token,
      '{ hubs(moreThan: 0, first: 3) { connections item { id title } } evolutions(first: 3) { similarity hours items { title } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.hubs[0].connections).toBeGreaterThan(0);
    const chains = await platform.graphql(
      token,
      'query ($of: ID!) { dependencyChains(of: $of) { depth items { title } } }',
      { of: data.hubs[0].item.id },
    );
    expect(chains.errors).toBeUndefined();
  }, 60_000);
});

describe('rebuilding', () => {
  const GRAPH =
    '{ hubs(moreThan: 0, first: 50) { connections item { id } } evolutions(first: 50) { similarity items { id } } items(first: 100) { edges { node { id connectionCount dependsOn { id } evolvesTo { id } relatesTo { id } } } } }';
  const search = (mode: string) =>
    `{ search(text: "billing service times out", mode: ${mode}, first: 10) { edges { node { node { ... on IntelligenceItem { id } ... on Message { id } } } } } }`;
  const answer = async (query: string) => {
    const { data, errors } = await platform.graphql(await platform.token('whole'), query);
    expect(errors).toBeUndefined();
    return data;
  };
  const found = async (mode: string): Promise<string[]> =>
    (await answer(search(mode))).search.edges.map((edge: { node: { node: { id: string } } }) => edge.node.node.id);

  test.each(['graph', 'search'])(
    '%s: the same content and answers as before, and answers all the while',
    async (projection) => {
      const before = await snapshot(await platform.settings(), 'whole');
      const [graph, keyword, vector] = [await answer(GRAPH), await found('KEYWORD'), await found('VECTOR')];
      expect(keyword).toHaveLength(10);
      let over = false;
      let answers = 0;
      const rebuilding = platform
        .command(['rebuild', projection], { COLLOQUY_TOKEN: await platform.token('whole') })
        .finally(() => {
          over = true;
        });
      while (!over) {
        expect(await found('KEYWORD')).toEqual(keyword);
        expect((await answer('{ hubs(moreThan: 0, first: 1) { connections } }')).hubs).toHaveLength(1);
        answers += 1;
      }
      expect(await rebuilding).toMatchObject({ code: 0 });
      expect(answers).toBeGreaterThan(0);
      expect(await snapshot(await platform.settings(), 'whole')).toEqual(before);
      expect(await answer(GRAPH)).toEqual(graph);
      expect(await found('KEYWORD')).toEqual(keyword);
      const again = await found('VECTOR');
      expect(again.filter((id) => vector.includes(id)).length).toBeGreaterThanOrEqual(Math.ceil(vector.length * 0.95));
    },
    180_000,
  );

  test('is for administrators', async () => {
    const { code } = await platform.command(['rebuild', 'graph'], {
      COLLOQUY_TOKEN: await platform.token('whole', 'STANDARD'),
    });
    expect(code).toBe(4);
  });
});

describe('bad input', () => {
  const truncated = () => Buffer.from(generateExport({ conversations: 3, turns: 3 }).json).subarray(0, 4_000);
  const cases: [string, () => string | Uint8Array, string][] = [
    ['empty.json', () => '', 'EMPTY_FILE'],
    ['not-a-zip.zip', () => 'PK\u0003\u0004 this is no archive at all', 'INVALID_ZIP'],
    ['broken.json', () => '[{"id": "a", "mapping": {}} oops', 'INVALID_JSON'],
    ['truncated.json', truncated, 'TRUNCATED_ARCHIVE'],
    ['other-product.json', () => '{"invoices": [{"number": 1}]}', 'UNSUPPORTED_FORMAT'],
  ];

  test.each(cases)(
    '%s is refused with its code, and nothing is stored',
    async (name, content, expected) => {
      const { lines, code } = await importFile('bad', file(name, content()));
      expect(code).toBe(1);
      expect(lines[0]!.code).toMatch(new RegExp(`${expected}|INVALID_INPUT|TRUNCATED|INVALID`));
      const stored = await snapshot(await platform.settings(), 'bad');
      expect([stored.conversations, stored.messages, stored.items]).toEqual([[], [], []]);
    },
    60_000,
  );

  test('the platform is unharmed', async () => {
    expect((await platform.command(['doctor'])).code).toBe(0);
  });
});

const exportsPresent = existsSync(EXPORTS);
(exportsPresent ? describe : describe.skip)('real exports (../shared/fixtures/exports)', () => {
  const files = exportsPresent
    ? readdirSync(EXPORTS).flatMap((product) =>
        readdirSync(join(EXPORTS, product)).map((name) => join(EXPORTS, product, name)),
      )
    : [];
  test('all import', async () => {
    const { lines } = await importFile('real', ...files);
    expect(lines).toHaveLength(files.length);
    for (const line of lines) expect(line).toMatchObject({ status: 'COMPLETED' });
  }, 300_000);
});

(existsSync(SCALE) ? describe : describe.skip)('a large export (../shared/fixtures/scale)', () => {
  test('35 conversations and 20,123 messages, all of them findable; again in an instant', async () => {
    const { lines, code } = await importFile('scale', SCALE);
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({ status: 'COMPLETED', conversations: 35, messages: 20_123, issues: 0 });
    const stored = await snapshot(await platform.settings(), 'scale');
    expect(stored.messages).toHaveLength(20_123);
    expect(stored.graphNodes).toHaveLength(35 + lines[0]!.items);
    expect(stored.graphEdges).toHaveLength(stored.relations.length + lines[0]!.items);
    expect(stored.owners).toHaveLength(messagesWithText(stored).length + lines[0]!.items);
    const again = await importFile('scale', SCALE);
    expect(again.lines[0]).toMatchObject({ sessionId: lines[0]!.sessionId, status: 'COMPLETED' });
    expect(await snapshot(await platform.settings(), 'scale')).toEqual(stored);
  }, 600_000);
});
