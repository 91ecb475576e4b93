import { mintUuid, toId } from '@colloquy/domain';
import { createEmbedder, type Embedder } from '@colloquy/embedding';
import { createIdentitySigner, createLog, IDENTITY_HEADER } from '@colloquy/service';
import type { RunningService } from '@colloquy/service/subgraph';
import { openVectorIndex } from '@colloquy/vectors';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testStores } from '../../../tests/support/stores.ts';
import { type Corpus, projectCorpus } from '../tests/corpus.ts';
import type { SearchEnvironment } from './environment.ts';
import { startSearch } from './service.ts';

const IDENTITY_SECRET = 'a secret of the tests, long enough';
const stores = testStores();
const log = createLog({ name: 'search', level: 'silent' });
const settings: SearchEnvironment = {
  HOST: '127.0.0.1',
  PORT: 0,
  METRICS_PORT: 0,
  LOG_LEVEL: 'silent',
  IDENTITY_SECRET,
  NODE_ENV: 'test',
  WEAVIATE_URL: stores.weaviate.url,
  WEAVIATE_GRPC_URL: stores.weaviate.grpcUrl,
  WEAVIATE_API_KEY: stores.weaviate.apiKey,
  EMBEDDER: 'local',
  EMBEDDER_MODEL: 'all-MiniLM-L6-v2',
  EMBEDDER_MODEL_FOLDER: stores.models,
};

interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: the tests read answers of many shapes
  data?: any;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string; store?: string } }[];
}
type Ask = (query: string, variables?: object) => Promise<Answer>;

async function asker(service: RunningService, tenant: string): Promise<Ask> {
  const signer = createIdentitySigner(IDENTITY_SECRET);
  return async (query, variables) => {
    const identity = await signer.sign({ subject: 'someone', claims: { tenant, role: 'STANDARD' } });
    const response = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [IDENTITY_HEADER]: identity },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  };
}

const SEARCH = `query ($text: String!, $mode: SearchMode, $first: Int, $after: String, $filter: SearchFilter) {
  search(text: $text, mode: $mode, first: $first, after: $after, filter: $filter) {
    totalCount pageInfo { hasNextPage hasPreviousPage endCursor }
    edges { cursor node { score snippet node { __typename ... on IntelligenceItem { id } ... on Message { id } } } }
  }
}`;
const SIMILAR = `query ($representations: [_Any!]!, $first: Int = 3, $minScore: Float = 0) {
  _entities(representations: $representations) {
    ... on IntelligenceItem { id similar(first: $first, minScore: $minScore) { score node { __typename ... on IntelligenceItem { id } } } }
    ... on Message { id similar(first: $first, minScore: $minScore) { score node { __typename ... on Message { id } } } }
  }
}`;
const refer = (__typename: string, ids: readonly string[]) => ids.map((id) => ({ __typename, id }));

describe('the search subgraph', () => {
  const index = openVectorIndex(stores.weaviate);
  let embedder: Embedder;
  let service: RunningService;
  let corpus: Corpus;
  let ask: Ask;

  beforeAll(async () => {
    embedder = await createEmbedder({
      kind: 'local',
      model: 'all-MiniLM-L6-v2',
      modelFolder: stores.models,
      threads: 1,
    });
    corpus = await projectCorpus(index, embedder);
    service = await startSearch(settings, log);
    ask = await asker(service, corpus.tenant);
  }, 60_000);
  afterAll(async () => {
    await service.close();
    await index.dropTenant(corpus.target);
    await Promise.all([index.close(), embedder.close()]);
  });

  const idsOf = (answer: Answer) =>
    answer.data.search.edges.map((edge: { node: { node: { id: string } } }) => edge.node.node.id);

  test('answers nobody without the gateway’s credential', async () => {
    const response = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(response.status).toBe(401);
  });

  test('finds by words, by meaning, and by both', async () => {
    const keyword = await ask(SEARCH, { text: 'mobile application', mode: 'KEYWORD' });
    expect(idsOf(keyword)).toEqual([corpus.itemIds[5]]);
    expect(keyword.data.search.totalCount).toBe(1);
    expect(keyword.data.search.edges[0].node).toMatchObject({
      snippet: 'Someday a mobile application could record conversations.',
      node: { __typename: 'IntelligenceItem' },
    });
    const meaning = await ask(SEARCH, {
      text: 'where is data persisted',
      mode: 'VECTOR',
      first: 3,
      filter: { kinds: ['ITEM'] },
    });
    expect(idsOf(meaning)).toContain(corpus.itemIds[0]);
    const both = await ask(SEARCH, { text: 'continue an upload', first: 3 });
    expect(idsOf(both)).toEqual(expect.arrayContaining([corpus.itemIds[2], corpus.itemIds[3]]));
  });

  test('leaves tool messages out until they are asked for', async () => {
    const [, , tool] = corpus.messageIds;
    expect(idsOf(await ask(SEARCH, { text: 'PostgreSQL', mode: 'KEYWORD' }))).not.toContain(tool);
    const all = await ask(SEARCH, { text: 'PostgreSQL', mode: 'KEYWORD', filter: { includeHidden: true } });
    expect(idsOf(all)).toContain(tool);
  });

  test('pages without gap or overlap, and refuses the cursor of another search', async () => {
    const whole = idsOf(await ask(SEARCH, { text: 'upload', mode: 'VECTOR', first: 100 }));
    const paged: string[] = [];
    let after: string | null = null;
    do {
      const page: Answer = await ask(SEARCH, { text: 'upload', mode: 'VECTOR', first: 4, after });
      paged.push(...idsOf(page));
      after = page.data.search.pageInfo.hasNextPage ? page.data.search.pageInfo.endCursor : null;
    } while (after);
    expect(paged).toEqual(whole);
    expect(whole).toHaveLength(9);
    const { data } = await ask(SEARCH, { text: 'upload', mode: 'VECTOR', first: 1 });
    const cursor = data.search.edges[0].cursor;
    const foreign = await ask(SEARCH, { text: 'uploads', mode: 'VECTOR', after: cursor });
    expect(foreign.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test.each([
    ['too many at once', { text: 'x', first: 101 }],
    ['none', { text: 'x', first: 0 }],
    ['no text', { text: '  ' }],
    ['a long text', { text: 'x'.repeat(2_001) }],
    ['an impossible confidence', { text: 'x', filter: { minConfidence: 2 } }],
    ['a broken cursor', { text: 'x', after: 'abc' }],
  ])('refuses %s', async (_name, variables) => {
    const answer = await ask(SEARCH, variables);
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(answer.data.search).toBeNull();
  });

  test('tells what is similar, of the same kind, and null for what is not projected', async () => {
    const unknown = toId('item', mintUuid());
    const answer = await ask(SIMILAR, {
      representations: [
        ...refer('IntelligenceItem', [corpus.itemIds[0]!, unknown, 'nonsense']),
        ...refer('Message', [corpus.messageIds[0]!]),
      ],
    });
    const [item, missing, nonsense, message] = answer.data._entities;
    expect(item.similar).toHaveLength(3);
    expect(item.similar[0].node).toEqual({ __typename: 'IntelligenceItem', id: corpus.itemIds[1] });
    expect(item.similar[0].score).toBeGreaterThan(item.similar[1].score);
    expect([missing.similar, nonsense.similar]).toEqual([null, null]);
    expect(new Set(message.similar.map((hit: { node: { __typename: string } }) => hit.node.__typename))).toEqual(
      new Set(['Message']),
    );
    const strict = await ask(SIMILAR, {
      representations: refer('IntelligenceItem', [corpus.itemIds[5]!]),
      minScore: 0.99,
    });
    expect(strict.data._entities[0].similar).toEqual([]);
    const wrong = await ask(SIMILAR, {
      representations: refer('IntelligenceItem', [corpus.itemIds[5]!]),
      first: 1_000,
    });
    expect(wrong.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('shows another tenant nothing, by any door', async () => {
    const stranger = await projectCorpus(index, embedder);
    const askAs = await asker(service, stranger.tenant);
    const found = await askAs(SEARCH, {
      text: 'PostgreSQL',
      mode: 'VECTOR',
      first: 100,
      filter: { includeHidden: true },
    });
    expect(idsOf(found)).toHaveLength(10);
    expect(idsOf(found).filter((id: string) => corpus.itemIds.includes(id) || corpus.messageIds.includes(id))).toEqual(
      [],
    );
    const scoped = await askAs(SEARCH, { text: 'PostgreSQL', filter: { conversationId: corpus.conversationId } });
    expect(scoped.data.search.edges).toEqual([]);
    const foreign = await askAs(SIMILAR, { representations: refer('IntelligenceItem', corpus.itemIds) });
    expect(foreign.data._entities.map((entity: { similar: unknown }) => entity.similar)).toEqual(
      corpus.itemIds.map(() => null),
    );
    await index.dropTenant(stranger.target);
  });

  test('says null, not nothing, to a tenant without a projection', async () => {
    const askAs = await asker(service, 'nobody-yet');
    expect(await askAs(SEARCH, { text: 'x', mode: 'KEYWORD' })).toEqual({ data: { search: null } });
  });

  test('reports its parts', async () => {
    const response = await fetch(`${service.url}/health/ready`);
    expect(response.status).toBe(200);
    const { parts } = (await response.json()) as { parts: { name: string; state: string }[] };
    expect(parts.map(({ name, state }) => [name, state])).toEqual([
      ['weaviate', 'healthy'],
      ['embedding model', 'healthy'],
    ]);
  });

  test('without the model, words are still found, and the rest says what is missing', async () => {
    const lame = await startSearch({ ...settings, EMBEDDER_MODEL_FOLDER: '/nowhere' }, log);
    const askLame = await asker(lame, corpus.tenant);
    expect(idsOf(await askLame(SEARCH, { text: 'mobile', mode: 'KEYWORD' }))).toEqual([corpus.itemIds[5]]);
    const hybrid = await askLame(SEARCH, { text: 'mobile' });
    expect(hybrid.errors?.[0]?.extensions).toMatchObject({ code: 'STORE_UNAVAILABLE', store: 'embedding model' });
    const similar = await askLame(SIMILAR, { representations: refer('IntelligenceItem', [corpus.itemIds[0]!]) });
    expect(similar.data._entities[0].similar).toHaveLength(3);
    await lame.close();
  });

  test('without Weaviate, every field says so, and the service is ready to serve', async () => {
    const lame = await startSearch(
      { ...settings, WEAVIATE_URL: 'http://127.0.0.1:1', WEAVIATE_GRPC_URL: 'http://127.0.0.1:2' },
      log,
    );
    const askLame = await asker(lame, corpus.tenant);
    for (const answer of [
      await askLame(SEARCH, { text: 'mobile' }),
      await askLame(SIMILAR, { representations: refer('IntelligenceItem', corpus.itemIds.slice(0, 2)) }),
    ]) {
      expect(answer.errors?.map(({ extensions }) => extensions)).toEqual(
        answer.errors?.map(() => expect.objectContaining({ code: 'STORE_UNAVAILABLE', store: 'weaviate' })),
      );
      expect(answer.errors?.length).toBeGreaterThan(0);
    }
    expect((await fetch(`${lame.url}/health/ready`)).status).toBe(200);
    await lame.close();
  });
});
