import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MEMBERS_FEDERATION } from './support/access.ts';
import { type Guarded, startGuarded } from './support/guarded.ts';

let running: Guarded;
beforeAll(async () => {
  running = await startGuarded(MEMBERS_FEDERATION, { access: { allowAnonymous: true } });
});
afterAll(() => running.close());

/** Names that fields have, keys above all: an alias may make one look like another. */
const alias = fc.constantFrom(
  '',
  '',
  '',
  'id: ',
  'name: ',
  'email: ',
  'phone: ',
  'title: ',
  'note: ',
  'count: ',
  'x: ',
);
const leaf = (...names: string[]) => fc.tuple(alias, fc.constantFrom(...names)).map(([before, name]) => before + name);
const some = (...parts: fc.Arbitrary<string>[]) =>
  fc.array(fc.oneof({ depthSize: 'small' }, ...parts), { minLength: 1, maxLength: 4 }).map((all) => all.join(' '));

const { query } = fc.letrec<Record<'member' | 'post' | 'tallied' | 'query', string>>((tie) => ({
  member: some(
    leaf('id', 'name', 'email', 'phone', 'badge', 'level', 'card', 'posts', '__typename'),
    tie('member').map((inner) => `friends { ${inner} }`),
    tie('member').map((inner) => `... on Member { ${inner} }`),
  ),
  post: some(
    leaf('id', 'title', '__typename'),
    leaf('note').map((note) => `... on PrivatePost { ${note} }`),
    tie('post').map((inner) => `... on Post { ${inner} }`),
    tie('post').map((inner) => `... on PublicPost { ... on Post { ${inner} } }`),
    tie('post').map((inner) => `... on PrivatePost { ${inner.replaceAll('... on PublicPost', '...')} }`),
    tie('member').map((inner) => `author { ${inner} }`),
  ),
  tallied: some(
    leaf('id', 'count', 'label'),
    tie('tallied').map((inner) => `... { ${inner} }`),
  ),
  query: some(
    tie('member').map((inner) => `me { ${inner} }`),
    tie('member').map((inner) => `members { ${inner} }`),
    tie('post').map((inner) => `posts { ${inner} }`),
    tie('post').map((inner) => `posts { ... on Post { ${inner} } }`),
    tie('post').map((inner) => `found { ... on PrivatePost { ${inner} } }`),
    tie('tallied').map((inner) => `tallied { ${inner} }`),
    tie('tallied').map((inner) => `id: tallied { ${inner} }`),
  ).map((all) => `{ ${all} }`),
}));

/** Whatever the resolvers give for what anonymous clients may not see. */
const CLOSED = /example\.com|555-|badge \d|HIGH|card \d|a secret|Closed|protected key|"p2"/;

test('no operation gets at what its client may not see', async () => {
  const answered = { all: 0, withData: 0 };
  await fc.assert(
    fc.asyncProperty(query, async (text) => {
      running.fetches.splice(0);
      const { status, body } = await running.ask(text, { claims: null });
      expect(JSON.stringify(body.data ?? null)).not.toMatch(CLOSED);
      const asked = running.fetches.map((each) => each.query.replaceAll(/\w+:/g, '')).join();
      expect(asked).not.toMatch(/\b(email|phone|badge|level|card|note|me)\b/);
      if (status === 500) throw new Error(JSON.stringify(body));
      for (const { extensions } of body.errors ?? []) expect(extensions.code).not.toBe('INTERNAL_SERVER_ERROR');
      answered.all++;
      if (status === 200 && body.data) answered.withData++;
    }),
    { numRuns: 300 },
  );
  expect(answered.withData).toBeGreaterThan(answered.all / 20);
});
