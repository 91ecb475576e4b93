import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { checkConfig } from '../src/index.ts';
import { until } from './support/gateway.ts';
import {
  closeLibraries,
  documented,
  type Library,
  type LibraryBranches,
  openBranches,
  startLibrary,
  tokenOf,
} from './support/library.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const persistedQuery = (sha256Hash: string, version = 1) => ({
  extensions: { persistedQuery: { version, sha256Hash } },
});
const named = (query: string) => ({ query, ...persistedQuery(sha256(query)) });

let branches: LibraryBranches;
beforeAll(async () => {
  branches = await openBranches();
});
afterAll(async () => {
  await closeLibraries();
  await branches.close();
});

describe('automatic persisted queries, which are on by default', () => {
  let library: Library;
  beforeAll(async () => {
    library = await startLibrary({}, branches);
  });
  afterAll(() => library.close());

  test('a hash is not known, comes with its text, and is known from then on', async () => {
    const query = 'query ($id: ID!) { book(id: $id) { title } }';
    const variables = { id: '7' };
    const unknown = await library.ask({ variables, ...persistedQuery(sha256(query)) });
    expect(unknown.status).toBe(200);
    expect(unknown.headers.get('cache-control')).toBe('private, no-cache, must-revalidate');
    expect(unknown.body).toEqual({
      errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
    const data = { book: { title: 'Book 7' } };
    expect((await library.ask({ ...named(query), variables })).body).toEqual({ data });
    expect((await library.ask({ variables, ...persistedQuery(sha256(query)) })).body).toEqual({ data });
    expect(
      await library.metric(/lookups_total\{[^}]*cache="persisted"[^}]*result="hit"[^}]*\} (\d+)/),
    ).toBeGreaterThanOrEqual(1);
  });

  test('the same by GET', async () => {
    const query = '{ book(id: "8") { title } }';
    const unknown = await library.ask(persistedQuery(sha256(query)), { get: true });
    expect(unknown.body.errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect((await library.ask(named(query), { get: true })).body.data).toEqual({ book: { title: 'Book 8' } });
    expect((await library.ask(persistedQuery(sha256(query)), { get: true })).body.data.book.title).toBe('Book 8');
  });

  test('a registered text is also found by documentId', async () => {
    const query = '{ book(id: "9") { title } }';
    await library.ask(named(query));
    for (const get of [false, true]) {
      const answer = await library.ask({ documentId: `sha256:${sha256(query)}` }, { get });
      expect(answer.body.data).toEqual({ book: { title: 'Book 9' } });
    }
    const unknown = await library.ask({ documentId: 'sha256:00' });
    expect(unknown.body.errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  test('over a WebSocket', async () => {
    const query = '{ book(id: "11") { title } }';
    const subscription = 'subscription { newBook { shelf { room } } }';
    const client = createClient({
      url: `${library.gateway.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { authorization: `Bearer ${await tokenOf('alice')}` },
    });
    const first = async (request: { query: string }) => {
      for await (const answer of client.iterate(request)) return answer.data;
      return undefined;
    };
    const book = { book: { title: 'Book 11' } };
    const event = { newBook: { shelf: { room: 'north' } } };
    expect(await first(named(query))).toEqual(book);
    expect(await first({ query: '', ...persistedQuery(sha256(query)) })).toEqual(book);
    expect(await first(named(subscription))).toEqual(event);
    expect(await first({ query: '', ...persistedQuery(sha256(subscription)) })).toEqual(event);
    await client.dispose();
  });

  test('a hash of another text is refused, also when it is known', async () => {
    const query = '{ book(id: "1") { title } }';
    await library.ask(named(query));
    for (const other of [query, '{ opened }']) {
      const body = { query: '{ books { title } }', ...persistedQuery(sha256(other)) };
      const { status, body: answer } = await library.ask(body);
      expect([status, answer.errors[0]]).toEqual([
        400,
        { message: 'provided sha does not match query', extensions: { code: 'PERSISTED_QUERY_HASH_MISMATCH' } },
      ]);
    }
  });

  test('a text that cannot be run is not kept', async () => {
    const query = '{ nothing }';
    expect((await library.ask(named(query))).body.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    const { body } = await library.ask(persistedQuery(sha256(query)));
    expect(body.errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  test.each([
    ['of another version', { persistedQuery: { version: 2, sha256Hash: 'a' } }],
    ['without a hash', { persistedQuery: { version: 1 } }],
    ['that is no object', { persistedQuery: 'a' }],
  ])('an extension %s is refused', async (_name, extensions) => {
    const { status, body } = await library.ask({ query: '{ opened }', extensions });
    expect([status, body.errors[0].extensions.code]).toEqual([400, 'PERSISTED_QUERY_INVALID']);
  });

  test('a request with neither text nor name is refused', async () => {
    for (const body of [{}, { query: '' }, { documentId: '' }]) {
      const answer = await library.ask(body);
      expect([answer.status, answer.body.errors[0].extensions.code]).toEqual([400, 'BAD_REQUEST']);
    }
  });

  test('what is kept is bounded: the texts that were used last', async () => {
    const small = await startLibrary({ persisted: { memoryBytes: 65_536 } }, branches);
    const text = (index: number) => `{ book(id: "${index}") { title } } # ${'-'.repeat(2000)}`;
    for (let index = 0; index < 20; index++) await small.ask(named(text(index)));
    const codes = [];
    for (const index of [0, 19]) codes.push((await small.ask(persistedQuery(sha256(text(index))))).body.errors?.length);
    expect(codes).toEqual([1, undefined]);
    await small.close();
  });
});

test('a gateway that knows none of this says so, also when the text is there', async () => {
  const library = await startLibrary({ persisted: { mode: 'off' } }, branches);
  const query = '{ books { title } }';
  for (const body of [named(query), persistedQuery(sha256(query)), { documentId: 'a' }]) {
    const answer = await library.ask(body);
    expect(answer.status).toBe(200);
    expect(answer.body.errors).toEqual([
      { message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } },
    ]);
  }
  expect((await library.ask(query)).body.data.books).toHaveLength(2);
  await library.close();
});

describe('a safelist', () => {
  const TITLES = 'query Titles {\n  books { title }\n}';
  const ONE = 'query One($id: ID!) { book(id: $id) { title } }';
  let folder: string;
  let manifest: string;
  const write = (operations: Record<string, string>) =>
    writeFile(
      manifest,
      JSON.stringify({
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: Object.entries(operations).map(([id, body]) => ({ id, name: 'Any', type: 'query', body })),
      }),
    );
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'manifest-'));
    manifest = join(folder, 'operations.json');
  });
  afterAll(() => rm(folder, { recursive: true }));
  const start = async (options: object = {}) => {
    await write({ [sha256(TITLES)]: TITLES, one: ONE });
    const { persisted } = await documented('persisted-operations');
    return startLibrary({ persisted: { ...persisted, manifest, ...options } }, branches);
  };
  const codeOf = async (library: Library, body: string | Record<string, unknown>) => {
    const answer = await library.ask(body);
    return [answer.status, answer.body.errors?.[0].extensions.code ?? 'run'];
  };

  test('runs its operations by id and by text, and no other', async () => {
    const library = await start({ requireId: false });
    const asked = library.asked.length;
    expect(await codeOf(library, '{ opened }')).toEqual([403, 'QUERY_NOT_IN_SAFELIST']);
    expect(await codeOf(library, '{ not GraphQL')).toEqual([403, 'QUERY_NOT_IN_SAFELIST']);
    expect(await codeOf(library, persistedQuery('two'))).toEqual([404, 'PERSISTED_QUERY_NOT_IN_LIST']);
    expect(await codeOf(library, { documentId: 'two' })).toEqual([404, 'PERSISTED_QUERY_NOT_IN_LIST']);
    expect(await codeOf(library, { ...persistedQuery('one'), query: '{ opened }' })).toEqual([
      400,
      'CANNOT_SEND_PQ_ID_AND_BODY',
    ]);
    expect(library.asked.length).toBe(asked);

    const byId = await library.ask({ ...persistedQuery('one'), variables: { id: '5' } });
    expect(byId.body.data).toEqual({ book: { title: 'Book 5' } });
    expect(await codeOf(library, { documentId: `sha256:${sha256(TITLES)}` })).toEqual([200, 'run']);
    expect(await codeOf(library, TITLES)).toEqual([200, 'run']);
    expect(await codeOf(library, '# the same\nquery Titles{books{title}}')).toEqual([200, 'run']);
    expect(await codeOf(library, named(TITLES))).toEqual([200, 'run']);
    await library.close();
  });

  test('registers nothing', async () => {
    const library = await start({ requireId: false });
    expect(await codeOf(library, named('{ opened }'))).toEqual([403, 'QUERY_NOT_IN_SAFELIST']);
    expect(await codeOf(library, persistedQuery(sha256('{ opened }')))).toEqual([404, 'PERSISTED_QUERY_NOT_IN_LIST']);
    await library.close();
  });

  test('may want ids alone', async () => {
    const library = await start({ requireId: true });
    expect(await codeOf(library, TITLES)).toEqual([400, 'PERSISTED_QUERY_ID_REQUIRED']);
    expect(await codeOf(library, { query: TITLES, documentId: sha256(TITLES) })).toEqual([200, 'run']);
    expect(await codeOf(library, { documentId: sha256(TITLES) })).toEqual([200, 'run']);
    await library.close();
  });

  test('may only be tried: what it would refuse is run, and logged once', async () => {
    const library = await start({ audit: true });
    for (const body of ['{ opened }', '{ opened }', { ...persistedQuery('one'), query: '{ brief }' }]) {
      expect(await codeOf(library, body)).toEqual([200, 'run']);
    }
    expect(await codeOf(library, { documentId: 'two' })).toEqual([404, 'PERSISTED_QUERY_NOT_IN_LIST']);
    const lines = library.logged.filter(({ msg }) => msg === 'an operation that is not trusted was let through');
    expect(lines).toMatchObject([
      { operationHash: sha256('{ opened }'), query: '{ opened }', requestId: expect.any(String) },
      { operationHash: sha256('{ brief }'), code: 'CANNOT_SEND_PQ_ID_AND_BODY' },
    ]);
    await library.close();
  });

  test('follows its file; a broken file changes nothing and is reported', async () => {
    const library = await start({ requireId: false });
    await writeFile(manifest, '{ "broken');
    await until(() => library.logged.some(({ msg }) => msg === 'the manifest is not usable'));
    expect(await codeOf(library, TITLES)).toEqual([200, 'run']);
    await writeFile(manifest, JSON.stringify({ brief: '{ brief }' }));
    await until(() => library.logged.some(({ msg }) => msg === 'a new manifest of trusted operations took over'));
    expect(await codeOf(library, TITLES)).toEqual([403, 'QUERY_NOT_IN_SAFELIST']);
    expect(await codeOf(library, { documentId: 'brief' })).toEqual([200, 'run']);
    await library.close();
  });

  test('without a usable manifest there is no gateway', async () => {
    await writeFile(manifest, '[]');
    await expect(startLibrary({ persisted: { mode: 'safelist', manifest } }, branches)).rejects.toThrow(
      /operations\.json: Expected an apollo-persisted-query-manifest/,
    );
    const absent = join(folder, 'absent.json');
    await expect(startLibrary({ persisted: { mode: 'safelist', manifest: absent } }, branches)).rejects.toThrow(
      /absent\.json cannot be read/,
    );
    const config = (persisted: object) => () => checkConfig({ supergraph: 'x', persisted });
    expect(config({ mode: 'safelist' })).toThrow(/persisted\.manifest: expected with the mode safelist/);
    expect(config({ manifest })).toThrow(/persisted\.manifest: expected with the mode safelist/);
  });
});
