import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createClient as createSseClient } from 'graphql-sse';
import { until } from './support/gateway.ts';
import {
  closeLibraries,
  documented,
  type Library,
  type LibraryAnswer,
  openBranches,
  startLibrary,
  tokenOf,
} from './support/library.ts';

const SECRET = 'what those who change books know of';
let library: Library;
beforeAll(async () => {
  library = await startLibrary(await documented('response-cache'));
});
afterAll(closeLibraries);
beforeEach(async () => {
  library.stock.titles = {};
  library.stock.broken = false;
  for (const type of ['Book', 'Reader', 'Shelf', 'Notice']) await library.invalidate({ entries: [{ type }] }, SECRET);
});

const said = ({ headers }: LibraryAnswer) => [headers.get('cache-control'), headers.get('age')];
/** How many operations the subgraphs were asked meanwhile. */
async function asking<Result>(act: () => Promise<Result>): Promise<[number, Result]> {
  const before = library.asked.length;
  const result = await act();
  return [library.asked.length - before, result];
}
const changeTitles = () => {
  library.stock.titles = { 1: 'New 1', 2: 'New 2' };
};

describe('what is kept', () => {
  const BOOKS = '{ books { id title } }';

  test('an answer is given again, with its age, and no subgraph is asked', async () => {
    const first = await library.ask(BOOKS);
    changeTitles();
    const [asked, again] = await asking(() => library.ask(BOOKS));
    expect(asked).toBe(0);
    expect(again.body).toEqual(first.body);
    expect(said(first)).toEqual(['max-age=60, private', null]);
    expect(said(again)).toEqual(['max-age=60, private', expect.stringMatching(/^[01]$/)]);
    expect(await library.metric(/lookups_total\{[^}]*"responses"[^}]*"hit"[^}]*\} (\d+)/)).toBeGreaterThan(0);
  });

  test('the same by GET and POST, and for other clients, since it is public', async () => {
    const first = await library.ask({ query: BOOKS }, { get: true });
    changeTitles();
    expect((await library.ask(BOOKS, { token: await tokenOf('bob') })).body).toEqual(first.body);
  });

  test('what caches on the way may give to everyone is only what a client without a token got', async () => {
    const open = await startLibrary({ cache: { enabled: true }, access: { allowAnonymous: true } });
    for (const age of [null, expect.any(String)]) {
      expect(said(await open.ask(BOOKS, { token: null }))).toEqual(['max-age=60, public', age]);
    }
    expect(said(await open.ask(BOOKS))).toEqual(['max-age=60, private', expect.any(String)]);
    await open.close();
  });

  test('other variables, another operation and another text have answers of their own', async () => {
    const query = 'query A($id: ID!) { book(id: $id) { title } } query B($id: ID!) { book(id: $id) { id } }';
    const ask = (id: string, operationName: string) => library.ask({ query, operationName, variables: { id } });
    expect((await ask('3', 'A')).body.data.book).toEqual({ title: 'Book 3' });
    expect((await ask('4', 'A')).body.data.book).toEqual({ title: 'Book 4' });
    expect((await ask('4', 'B')).body.data.book).toEqual({ id: '4' });
    const [asked] = await asking(() => ask('3', 'A'));
    expect(asked).toBe(0);
    const [again] = await asking(() => library.ask({ query: `${query} `, operationName: 'A', variables: { id: '3' } }));
    expect(again).toBe(1);
  });

  test('a default and its explicit value are the same variable', async () => {
    const query = 'query ($id: ID! = "6") { book(id: $id) { title } }';
    await library.ask({ query });
    const [asked] = await asking(() => library.ask({ query, variables: { id: '6', unknown: 1 } }));
    expect(asked).toBe(0);
  });

  test('the least age is the age', async () => {
    expect(said(await library.ask('{ books { id stars } }'))).toEqual(['max-age=20, private', null]);
    expect(said(await library.ask('{ book(id: "1") { shelf { room } } }'))).toEqual(['max-age=60, private', null]);
  });

  test.each([
    ['of age 0', '{ opened }'],
    ['with objects of which nobody says how long', '{ notice { text } }'],
    ['with such a field under @skip', '{ books { id } opened @skip(if: true) }'],
    ['of introspection alone', '{ __typename __schema { queryType { name } } }'],
  ])('an answer %s is not', async (_name, query) => {
    for (let times = 0; times < 2; times++) expect(said(await library.ask(query))).toEqual(['no-store', null]);
  });

  test('an answer with errors is not', async () => {
    library.stock.broken = true;
    const query = '{ book(id: "1") { id stars } }';
    const broken = await library.ask(query);
    expect([broken.body.errors.length, said(broken)]).toEqual([1, ['no-store', null]]);
    library.stock.broken = false;
    expect((await library.ask(query)).body).toEqual({ data: { book: { id: '1', stars: 1 } } });
  });

  test('the answer of a mutation is not', async () => {
    const query = 'mutation { rename(id: "1", title: "Other") { id title } }';
    for (let times = 0; times < 2; times++) {
      const [asked, answer] = await asking(() => library.ask(query));
      expect([asked, said(answer)]).toEqual([1, ['no-store', null]]);
    }
  });

  test('the events of a subscription are not', async () => {
    const client = createSseClient({
      url: `${library.gateway.url}/graphql`,
      headers: { authorization: `Bearer ${await tokenOf('alice')}` },
    });
    const first = async () => {
      for await (const event of client.iterate({ query: 'subscription { newBook { id } }' })) return event.data;
      return undefined;
    };
    const one = await first();
    expect(one).toEqual({ newBook: { id: expect.any(String) } });
    expect(await first()).not.toEqual(one);
    client.dispose();
  });

  test('an answer is not given after its time', async () => {
    const first = await library.ask('{ brief }');
    expect(said(first)).toEqual(['max-age=1, private', null]);
    expect((await library.ask('{ brief }')).body).toEqual(first.body);
    await until(async () => (await library.ask('{ brief }')).body.data.brief !== first.body.data.brief);
  });

  test('a client may want a new answer, which is kept, or one that is not', async () => {
    const titles = async (cacheControl?: string) => {
      const headers = cacheControl === undefined ? {} : { 'cache-control': cacheControl };
      const { body } = await library.ask(BOOKS, { headers });
      return body.data.books[0].title;
    };
    expect(await titles()).toBe('Book 1');
    changeTitles();
    expect(await titles('no-store')).toBe('New 1');
    expect(await titles()).toBe('Book 1');
    expect(await titles('no-cache')).toBe('New 1');
    library.stock.titles = {};
    expect(await titles()).toBe('New 1');
  });

  test('headers that answers depend on tell them apart, and the answer names them', async () => {
    const ask = (language: string) => library.ask('{ language }', { headers: { 'accept-language': language } });
    const german = await ask('de');
    expect(german.headers.get('vary')).toBe('accept-language, origin');
    expect((await ask('fr')).body).not.toEqual(german.body);
    expect((await ask('de')).body).toEqual(german.body);
  });

  test('an answer that is too large is not kept', async () => {
    const small = await startLibrary({
      cache: { enabled: true, answerBytes: 200, policies: { 'Query.shelf': { maxAge: 60 } } },
    });
    const ask = async (count: number) => {
      const query = `{ shelf(count: ${count}) { id title } }`;
      await small.ask(query);
      const before = small.asked.length;
      await small.ask(query);
      return small.asked.length - before;
    };
    expect([await ask(2), await ask(50)]).toEqual([0, 1]);
    await small.close();
  });

  test('what only some may see is kept for them, and shown to nobody else', async () => {
    const query = '{ books { id } takings }';
    const office = await tokenOf('alice', { scope: 'office' });
    const ask = (given: string) => library.ask(query, { token: given });
    const refused = { data: { books: [{ id: '1' }, { id: '2' }], takings: null }, errors: [expect.anything()] };
    for (let times = 0; times < 2; times++) {
      const other = await ask(await tokenOf('bob'));
      expect([other.body, said(other)]).toEqual([refused, ['no-store', null]]);
      const answer = await ask(office);
      expect(answer.body.data.takings).toMatch(/^Takings /);
      expect(said(answer)).toEqual(['max-age=60, private', times === 0 ? null : expect.any(String)]);
    }
  });

  test('a new supergraph begins with nothing', async () => {
    const branches = await openBranches();
    const reloading = await startLibrary({ cache: { enabled: true } }, branches);
    await reloading.ask(BOOKS);
    expect(said(await reloading.ask(BOOKS))[1]).not.toBeNull();
    const file = String(branches.settings.supergraph);
    await writeFile(file, `${await readFile(file, 'utf8')}\n# changed\n`);
    await until(() => reloading.logged.some(({ msg }) => msg === 'a new supergraph took over'));
    expect(said(await reloading.ask(BOOKS))).toEqual(['max-age=60, private', null]);
    await reloading.close();
    await branches.close();
  });

  test('nothing is unless it is switched on', async () => {
    const plain = await startLibrary();
    for (let times = 0; times < 2; times++) {
      const { headers } = await plain.ask(BOOKS);
      expect([headers.get('cache-control'), headers.get('age')]).toEqual([null, null]);
    }
    expect(plain.asked).toHaveLength(2);
    await plain.close();
  });

  test('a policy for what the schema does not have is reported', async () => {
    const odd = await startLibrary({
      cache: { enabled: true, policies: { Nobody: { maxAge: 1 }, 'Book.no': {}, Book: {} } },
    });
    await odd.ask(BOOKS);
    await odd.ask('{ books { id } }');
    const lines = odd.logged.filter(({ msg }) => msg === 'cache.policies names what the schema does not have');
    expect(lines).toMatchObject([{ unknown: ['Nobody', 'Book.no'] }]);
    await odd.close();
  });
});

describe('private answers', () => {
  const ME = '{ me { name } }';

  test('are given again to their owner alone', async () => {
    const [alice, bob] = [await tokenOf('alice'), await tokenOf('bob')];
    const first = await library.ask(ME, { token: alice });
    expect(said(first)[0]).toBe('max-age=30, private');
    const other = await library.ask(ME, { token: bob });
    expect([other.body.data.me.name, said(other)[1]]).toEqual([expect.stringMatching(/^bob /), null]);
    // Another token of the same person, with claims that do not tell who it is.
    const later = await library.ask(ME, { token: await tokenOf('alice', { role: 'ADMIN' }) });
    expect([later.body, said(later)[1]]).toEqual([first.body, expect.any(String)]);
    expect((await library.ask(ME, { token: bob })).body).toEqual(other.body);
  });

  test('one private field makes the whole answer private', async () => {
    const kept = '{ books { title } me { name } }';
    const [alice, bob] = [await tokenOf('alice'), await tokenOf('bob')];
    const mine = await library.ask(kept, { token: alice });
    expect(said(mine)[0]).toBe('max-age=30, private');
    expect((await library.ask(kept, { token: bob })).body).not.toEqual(mine.body);
  });

  test('of a client that cannot be told from others are not kept', async () => {
    const tenants = await startLibrary({
      cache: { enabled: true, claims: ['tenant', 'sub'], policies: { 'Query.me': { maxAge: 9, scope: 'PRIVATE' } } },
    });
    const ask = async (claims: Record<string, unknown>) => tenants.ask(ME, { token: await tokenOf('alice', claims) });
    for (let times = 0; times < 2; times++) expect(said(await ask({}))).toEqual(['no-store', null]);
    const one = await ask({ tenant: 'one' });
    expect(said(one)[0]).toBe('max-age=9, private');
    expect((await ask({ tenant: 'two' })).body).not.toEqual(one.body);
    expect((await ask({ tenant: 'one' })).body).toEqual(one.body);
    await tenants.close();
  });

  test('whoever asks what in whatever order never sees another one', async () => {
    const people = ['alice', 'bob', 'carol', 'alice","bob'];
    const tokens = await Promise.all(people.map((person) => tokenOf(person)));
    const queries = [ME, '{ me { id name } }', '{ books { id } me { name } }'];
    for (let turn = 0; turn < 60; turn++) {
      const person = (turn * 7) % people.length;
      const answer = await library.ask(queries[turn % queries.length] ?? ME, { token: tokens[person] ?? null });
      expect(answer.body.data.me.name.replace(/ \d+$/, '')).toBe(people[person]);
    }
  });
});

describe('invalidation', () => {
  const ONE = 'query ($id: ID!) { book(id: $id) { id title } }';
  const one = async (id: string) => (await library.ask({ query: ONE, variables: { id } })).body.data.book?.title;
  const invalidate = async (...entries: object[]) => (await library.invalidate({ entries }, SECRET)).body;

  test('by id removes the answers with this object and no other', async () => {
    for (const id of ['1', '2']) await one(id);
    changeTitles();
    expect(await invalidate({ type: 'Book', id: '1' })).toEqual({ invalidated: 1 });
    expect([await one('1'), await one('2')]).toEqual(['New 1', 'Book 2']);
  });

  test('by id finds the object deep in an answer, under an alias and in fragments', async () => {
    const query = '{ all: books { ...B } } fragment B on Book { key: id title }';
    await library.ask(query);
    expect(await invalidate({ type: 'Book', id: '3' })).toEqual({ invalidated: 0 });
    expect(await invalidate({ type: 'Book', id: 2 })).toEqual({ invalidated: 1 });
  });

  test('by id removes answers that do not show which object they have', async () => {
    await library.ask('{ books { title } }');
    await library.ask('{ book(id: "7") { id: title } }');
    expect(await invalidate({ type: 'Book', id: '1' })).toEqual({ invalidated: 2 });
  });

  test('by type removes every answer that could have such an object', async () => {
    await one('1');
    await one('0');
    await library.ask('{ brief }');
    expect(await one('0')).toBeUndefined();
    expect(await invalidate({ type: 'Book', id: '0' })).toEqual({ invalidated: 0 });
    expect(await invalidate({ type: 'Book' })).toEqual({ invalidated: 2 });
  });

  test('by the configured key fields', async () => {
    await library.ask('{ book(id: "1") { shelf { room row } } }');
    await library.ask('{ book(id: "2") { shelf { room row } } }');
    expect(await invalidate({ type: 'Shelf', id: ['north', 2] })).toEqual({ invalidated: 1 });
    await library.ask('{ book(id: "2") { shelf { room } } }');
    expect(await invalidate({ type: 'Shelf', id: ['south', 2] })).toEqual({ invalidated: 1 });
  });

  test('an answer that several entries concern is counted once', async () => {
    await library.ask('{ books { id } }');
    expect(await invalidate({ type: 'Book', id: '1' }, { type: 'Book', id: '2' }, { type: 'Book' })).toEqual({
      invalidated: 1,
    });
  });

  test('an answer that was being made meanwhile is not kept', async () => {
    let release = () => {};
    library.stock.held = new Promise((resolve) => {
      release = resolve;
    });
    const before = library.asked.length;
    const slow = one('1');
    await until(() => library.asked.length > before);
    expect(await invalidate({ type: 'Book', id: '1' })).toEqual({ invalidated: 0 });
    release();
    await slow;
    const [asked] = await asking(() => one('1'));
    expect(asked).toBe(1);
  });

  test('is not served without a secret, or without a cache', async () => {
    for (const cache of [{ enabled: true }, { invalidation: { secret: SECRET } }]) {
      const other = await startLibrary({ cache });
      const headers = { 'x-invalidation-secret': SECRET, authorization: `Bearer ${await tokenOf('alice')}` };
      const response = await fetch(`${other.gateway.url}/cache/invalidate`, { method: 'POST', headers });
      expect(response.status).toBe(404);
      await other.close();
    }
  });

  test.each([
    ['without the secret', undefined],
    ['with another one', `${SECRET}!`],
  ])('%s is refused', async (_name, secret) => {
    const { status, body } = await library.invalidate({ entries: [{ type: 'Book' }] }, secret);
    expect([status, body.errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  test.each([
    ['nothing', {}],
    ['no entries', { entries: [] }],
    ['an entry without a type', { entries: [{ id: '1' }] }],
    ['what an entry does not have', { entries: [{ type: 'Book', name: 'x' }] }],
    ['too many', { entries: Array.from({ length: 1001 }, () => ({ type: 'Book' })) }],
  ])('of %s is refused', async (_name, body) => {
    const answer = await library.invalidate(body, SECRET);
    expect([answer.status, answer.body.errors[0].extensions.code]).toEqual([400, 'BAD_REQUEST']);
  });
});
