import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { token } from './support/gateway.ts';
import { type Guarded, startGuarded } from './support/guarded.ts';
import { documented } from './support/library.ts';

const FEDERATION = {
  people: {
    sdl: `type Query { me: Person } type Person @key(fields: "id") { id: ID! name: String friend: Person }`,
    resolvers: {
      Query: { me: () => ({ id: '1', name: 'Ada' }) },
      Person: { friend: () => ({ id: '2', name: 'Bob' }) },
    },
  },
  posts: {
    sdl: `type Query { count: Int } type Person @key(fields: "id") { id: ID! posts: Int }`,
    resolvers: { Person: { __resolveReference: (reference: object) => ({ ...reference, posts: 3 }) } },
  },
};
const times = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join(' ');
const BOMB = `{ ...f0 } ${times(30, (i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`)} fragment f30 on Query { count }`;

/** Ten times what is allowed, since other processes may have the processor. */
const REFUSED_WITHIN_MILLISECONDS = 500;
const MOST_GROWTH_BYTES = 64 * 1024 * 1024;

describe('attacks on the defaults', () => {
  let running: Guarded;
  beforeAll(async () => {
    running = await startGuarded(FEDERATION, { production: true });
    await running.ask('{ me { name friend { posts } } }');
  });
  afterAll(() => running.close());
  beforeEach(() => void running.fetches.splice(0));

  test.each([
    ['a fragment bomb of 1,220 bytes', BOMB, 'MAX_RECURSIVE_SELECTIONS_LIMIT'],
    ['10,000 aliases', `{ ${times(10_000, (i) => `a${i}: count`)} }`, 'MAX_TOKENS_LIMIT'],
    ['3,000 aliases', `{ ${times(3_000, (i) => `a${i}: count`)} }`, 'MAX_ROOT_FIELDS_LIMIT'],
    ['aliases of an entity field', `{ me { ${times(3_000, (i) => `a${i}: posts`)} } }`, 'MAX_ALIASES_LIMIT'],
    ['10,000 aliases of it', `{ me { ${times(10_000, (i) => `a${i}: posts`)} } }`, 'MAX_TOKENS_LIMIT'],
    ['depth 100', `{ me ${'{ friend '.repeat(99)} { name } ${'}'.repeat(100)}`, 'MAX_DEPTH_LIMIT'],
    ['braces only', '{ me '.repeat(4_000), 'MAX_DEPTH_LIMIT'],
    ['a flood of directives', `{ count ${'@skip(if: false) '.repeat(1_000)} }`, 'MAX_DIRECTIVES_LIMIT'],
    ['9,000 root fields', `{ ${'count '.repeat(9_000)} }`, 'MAX_ROOT_FIELDS_LIMIT'],
    ['a name that the gateway relies on', '{ me { __typename: name posts } }', 'RESERVED_ALIAS'],
  ])('%s: 400 at once, and nothing is fetched', async (_name, query, code) => {
    const before = process.memoryUsage().heapUsed;
    const start = performance.now();
    const { status, body } = await running.ask(query);
    expect(performance.now() - start).toBeLessThan(REFUSED_WITHIN_MILLISECONDS);
    expect([status, body.errors[0].extensions.code]).toEqual([400, code]);
    expect(body.data).toBeUndefined();
    expect(running.fetches).toEqual([]);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(MOST_GROWTH_BYTES);
  });

  test('the gateway still answers', async () => {
    const { body } = await running.ask('{ me { name posts } }');
    expect(body).toEqual({ data: { me: { name: 'Ada', posts: 3 } } });
  });

  test('a list within lists, by the thousand, is refused', async () => {
    const { status } = await running.ask(`{ me(a: ${'['.repeat(9_000)}`);
    expect(status).toBe(400);
  });

  test('in production the schema is not shown, and no name is proposed', async () => {
    const asked = await running.ask(getIntrospectionQuery());
    expect([asked.status, asked.body.errors[0].extensions.code]).toEqual([400, 'INTROSPECTION_DISABLED']);
    const misspelt = await running.ask('query($id: ID!) { me { nam friend(idd: $id) { id } } }', {
      variables: { id: 1 },
    });
    expect(misspelt.status).toBe(400);
    expect(JSON.stringify(misspelt.body)).not.toContain('Did you mean');
  });
});

describe('limits as documented', () => {
  let running: Guarded;
  beforeAll(async () => {
    running = await startGuarded(FEDERATION, await documented('limits'));
  });
  afterAll(() => running.close());

  test.each([
    [
      'depth',
      `{ me ${'{ friend '.repeat(11)} { name } ${'}'.repeat(12)}`,
      'The operation exceeds the limit of 12 for depth.',
    ],
    ['root fields', `{ ${'count '.repeat(11)} }`, 'The operation exceeds the limit of 10 for rootFields.'],
    ['aliases', `{ me { ${times(31, (i) => `a${i}: name`)} } }`, 'The operation exceeds the limit of 30 for aliases.'],
    [
      'directives',
      `{ me { ${'name @skip(if: false) '.repeat(51)} } }`,
      'The operation exceeds the limit of 50 for directives.',
    ],
    [
      'selections',
      `{ me { ${'name '.repeat(1_001)} } }`,
      'The operation exceeds the limit of 1000 for recursiveSelections.',
    ],
    [
      'tokens',
      `{ me { ${'name '.repeat(2_001)} } }`,
      'Syntax Error: Document contains more that 2000 tokens. Parsing aborted.',
    ],
  ])('%s', async (_name, query, message) => {
    const { status, body } = await running.ask(query);
    expect([status, body.errors[0].message]).toEqual([400, message]);
  });

  test('what is within them is answered', async () => {
    const { body } = await running.ask(`{ me ${'{ friend '.repeat(10)} { name } ${'}'.repeat(11)}`);
    expect(body.errors).toBeUndefined();
  });

  test('a request that any page could send is refused, unless it has a header that none could', async () => {
    const { url } = running.gateway;
    const send = (headers: Record<string, string>) =>
      fetch(`${url}/graphql?query=${encodeURIComponent('{ count }')}`, { headers });
    const authorization = `Bearer ${await token()}`;
    const forged = await send({ authorization });
    expect([
      forged.status,
      ((await forged.json()) as { errors: { extensions: unknown }[] }).errors[0]?.extensions,
    ]).toEqual([400, { code: 'CSRF_PREVENTED' }]);
    expect((await send({ authorization, 'apollo-require-preflight': '1' })).status).toBe(200);
  });
});

test('in development the schema is shown, and names are proposed', async () => {
  const running = await startGuarded(FEDERATION);
  try {
    const { body } = await running.ask(getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true }));
    expect(body.errors).toBeUndefined();
    expect(body.data.__schema.queryType.name).toBe('Query');
    expect((await running.ask('{ me { nam } }')).body.errors[0].message).toContain('Did you mean "name"?');
  } finally {
    await running.close();
  }
});
