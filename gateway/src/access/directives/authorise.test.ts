import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  stripIgnoredCharacters,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { composeMembers } from '../../../tests/support/access.ts';
import { buildApiSchema } from '../../schema/api-schema.ts';
import { type AuthorisedOperation, createAccessControl, unauthorisedErrors } from './authorise.ts';
import { createGrants } from './grants.ts';

const supergraph = parse(composeMembers());
const schema = buildApiSchema(supergraph);
const created = createAccessControl(supergraph, schema);
if (!created) throw new Error('expected rules');
const control = created;
const grantsOf = createGrants({ scopesClaim: 'scope', policiesClaim: 'policies' });

function definitionOf(document: DocumentNode): OperationDefinitionNode {
  const [definition] = document.definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('expected an operation first');
  return definition;
}

function authorise(query: string, claims: Record<string, unknown> | null): AuthorisedOperation {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  return control.authorise(document, definitionOf(document), grantsOf(claims));
}

const textOf = ({ document, definition }: AuthorisedOperation) => definition && stripIgnoredCharacters(print(document));
const pathsOf = (authorised: AuthorisedOperation, variables = {}) =>
  unauthorisedErrors(authorised, variables).map(({ path }) => path?.join('.'));

type Case = [query: string, claims: Record<string, unknown> | null, left: string | undefined, paths: string[]];

describe('fields', () => {
  test.each<Case>([
    ['{ title me { name } }', null, '{title}', ['me']],
    ['{ title me { name } }', {}, '{title me{name}}', []],
    ['{ me { name } }', null, undefined, ['me']],
    ['{ __typename me { name } }', null, undefined, ['me']],
    ['{ members { name mail: email } }', {}, '{members{name}}', ['members.mail']],
    ['{ members { email } }', {}, '{members{__typename}}', ['members.email']],
    ['{ members { email } }', { scope: 'other members:email' }, '{members{email}}', []],
    ['{ members { email } }', { scope: ['members:email'] }, '{members{email}}', []],
    ['{ members { email } }', { scope: 'members:emails' }, '{members{__typename}}', ['members.email']],
    ['{ members { email } }', { scope: { 'members:email': true } }, '{members{__typename}}', ['members.email']],
    ['{ members { card } }', { policies: ['billing'] }, '{members{card}}', []],
    ['{ members { card } }', { scope: 'billing' }, '{members{__typename}}', ['members.card']],
    [
      '{ members { friends { a: phone b: phone } } }',
      null,
      '{members{friends{__typename}}}',
      ['members.friends.a', 'members.friends.b'],
    ],
  ])('%s for %j', (query, claims, left, paths) => {
    const authorised = authorise(query, claims);
    expect(textOf(authorised)).toBe(left);
    expect(pathsOf(authorised)).toEqual(paths);
  });

  test.each([
    [{ scope: 'members:write' }, false],
    [{ scope: 'members:read' }, false],
    [{ scope: 'members:read members:write' }, true],
    [{ scope: 'admin' }, true],
  ])('alternatives: %j', (claims, allowed) => {
    const authorised = authorise('mutation { rename(id: 1, name: "x") { name } }', claims);
    expect(authorised.definition !== undefined).toBe(allowed);
  });
});

describe('types', () => {
  test.each<Case>([
    ['{ members { name badge } }', {}, '{members{name}}', ['members.badge']],
    ['{ members { badge } }', { scope: 'badges' }, '{members{badge}}', []],
    ['{ members { level } }', {}, '{members{__typename}}', ['members.level']],
    ['{ members { level } }', { policies: 'levels' }, '{members{level}}', []],
    ['{ title audit { log } }', {}, '{title}', ['audit']],
    ['{ audit { __typename } }', { scope: 'admin' }, '{audit{__typename}}', []],
  ])('%s for %j', (query, claims, left, paths) => {
    const authorised = authorise(query, claims);
    expect(textOf(authorised)).toBe(left);
    expect(pathsOf(authorised)).toEqual(paths);
  });
});

describe('interfaces and unions', () => {
  test.each<Case>([
    // As Apollo's router documents it: what is selected of the interface needs all that any of its types needs.
    ['{ title posts { id title } }', null, '{title}', ['posts']],
    ['{ posts { id title } }', {}, '{posts{id title}}', []],
    [
      '{ posts { ... on PublicPost { id } ... on PrivatePost { id note } } }',
      null,
      '{posts{...on PublicPost{id}__typename}}',
      ['posts.id', 'posts.note'],
    ],
    ['{ posts { __typename } }', null, '{posts{__typename}}', []],
    // No way around it by a fragment on the interface, or on nothing.
    ['{ posts { ... on Post { id } } }', null, '{posts{...on Post{__typename}}}', ['posts.id']],
    ['{ title posts { ... { id } } }', null, '{title}', ['posts']],
    [
      '{ posts { ... on PublicPost { ... on Post { id } } } }',
      null,
      '{posts{...on PublicPost{...on Post{__typename}}}}',
      ['posts.id'],
    ],
    [
      '{ posts { ...f } } fragment f on Post { title }',
      null,
      '{posts{...f}}fragment f on Post{__typename}',
      ['posts.title'],
    ],
    // One type protects the field only.
    ['{ plans { id } }', {}, '{plans{id}}', []],
    ['{ plans { id price } }', {}, '{plans{id}}', ['plans.price']],
    [
      '{ plans { ... on Basic { price } ... on Custom { price } } }',
      {},
      '{plans{...on Basic{price}...on Custom{__typename}}}',
      ['plans.price'],
    ],
    // All possible types are protected, each in its way.
    ['{ title secrets { __typename } }', null, '{title}', ['secrets']],
    [
      '{ secrets { __typename ... on Diary { text } ... on Letter { text } } }',
      {},
      '{secrets{__typename ...on Diary{text}}}',
      ['secrets.text'],
    ],
    ['{ title secrets { id } }', {}, '{title}', ['secrets']],
    ['{ secrets { id } }', { scope: 'letters' }, '{secrets{id}}', []],
    [
      '{ found { ... on Member { name } ... on PrivatePost { note } ... on Audit { log } } }',
      null,
      '{found{...on Member{name}__typename}}',
      ['found.note', 'found.log'],
    ],
  ])('%s for %j', (query, claims, left, paths) => {
    const authorised = authorise(query, claims);
    expect(textOf(authorised)).toBe(left);
    expect(pathsOf(authorised)).toEqual(paths);
  });
});

describe('what is left', () => {
  test('has only the fragments and variables that it uses', () => {
    const query = `query q($id: ID!, $skip: Boolean!) { title member(id: $id) { ...open ...closed @skip(if: $skip) } me { ...only } }
      fragment open on Member { name } fragment closed on Member { email } fragment only on Member { name ...open }`;
    const document = parse(query);
    expect(textOf(control.authorise(document, definitionOf(document), grantsOf(null)))).toBe(
      'query q($id:ID!$skip:Boolean!){title member(id:$id){...open ...closed@skip(if:$skip)}}' +
        'fragment open on Member{name}fragment closed on Member{__typename}',
    );
  });

  test('keeps no variable of what was taken out', () => {
    const authorised = authorise('mutation($id: ID!, $name: String!) { rename(id: $id, name: $name) { id } }', {});
    expect(authorised.definition).toBeUndefined();
    const query = authorise(
      'query($id: ID!, $on: Boolean!) { title me @include(if: $on) { name } member(id: $id) { id } }',
      null,
    );
    expect(textOf(query)).toBe('query($id:ID!){title member(id:$id){id}}');
  });

  test('skipped fields are not missed', () => {
    const authorised = authorise(
      `query($on: Boolean!) { title a: me @include(if: $on) { name } ... @skip(if: $on) { b: me { name } }
        c: me @skip(if: true) { name } ... @include(if: $on) { d: me { name } } d: me { id } }`,
      null,
    );
    expect(pathsOf(authorised, { on: true })).toEqual(['a', 'd']);
    expect(pathsOf(authorised, { on: false })).toEqual(['b', 'd']);
  });

  test('an error says where and why', () => {
    expect(unauthorisedErrors(authorise('{ members { mail: email } }', null), {})).toEqual([
      {
        message: 'Unauthorized field or type',
        path: ['members', 'mail'],
        extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
      },
    ]);
  });

  test('the answer has the shape of all that was asked, with what is hidden marked, each in its place', () => {
    const query = `{ members { name email } found { ... on PrivatePost { ...p } } posts { ... on PrivatePost { ...p id } ... on PublicPost { ...p } } }
      fragment p on Post { __typename author { phone name } }`;
    const mark = '@__hidden';
    expect(stripIgnoredCharacters(print(authorise(query, null).shape.document))).toBe(
      `{members{name email${mark}}found{...on PrivatePost{...on Post{__typename author${mark}}}}` +
        `posts{...on PrivatePost{...on Post{__typename author${mark}}id${mark}}...on PublicPost{...p}}}` +
        `fragment p on Post{__typename author${mark}}`,
    );
  });
});

describe('outcomes', () => {
  const document = parse('{ members { email phone } }');
  const of = (claims: Record<string, unknown> | null) =>
    control.authorise(document, definitionOf(document), grantsOf(claims));

  test('are the same object for equal grants, and have a key', () => {
    expect(of({ scope: 'a members:email' })).toBe(of({ scope: 'members:email', sub: 'bob' }));
    expect(of({ scope: 'members:email' }).key).toBe('');
    expect(of({}).key).not.toBe(of(null).key);
    expect(of({}).key).toMatch(/^[\w-]{43}$/);
  });

  test('an operation in which nothing is protected is untouched', () => {
    const open = parse('{ members { name } }');
    expect(control.isGuarded(open, definitionOf(open))).toBe(false);
    const { key, document: left } = control.authorise(open, definitionOf(open), grantsOf(null));
    expect([key, left]).toEqual(['', open]);
  });

  test('a supergraph in which nothing is protected has no access control', () => {
    const plain = parse('type Query { a: Int }');
    expect(createAccessControl(plain, buildApiSchema(plain))).toBeUndefined();
  });

  test('directives that are not linked protect too', () => {
    const plain = parse('directive @authenticated on FIELD_DEFINITION type Query { a: Int @authenticated b: Int }');
    const rules = createAccessControl(plain, buildApiSchema(plain));
    const query = parse('{ a b }');
    expect(textOf(rules!.authorise(query, definitionOf(query), grantsOf(null)))).toBe('{b}');
  });
});

describe('whatever is asked', () => {
  const member = fc.letrec<{ fields: string; posts: string; member: string }>((tie) => ({
    fields: fc
      .array(
        fc.oneof(
          { depthSize: 'small' },
          fc.constantFrom('id', 'name', 'x: email', 'phone', 'badge', 'level', 'card', '...M', '__typename'),
          tie('fields').map((inner) => `friends { ${inner} }`),
          tie('fields').map((inner) => `... { ${inner} }`),
        ),
        { minLength: 1, maxLength: 4 },
      )
      .map((all) => all.join(' ')),
    posts: fc
      .array(
        fc.oneof(
          { depthSize: 'small' },
          fc.constantFrom(
            'id',
            'title',
            '...P',
            '__typename',
            '... on PrivatePost { note }',
            '... on PublicPost { id }',
          ),
          tie('posts').map((inner) => `... on Post { ${inner} }`),
          tie('fields').map((inner) => `author { ${inner} }`),
        ),
        { minLength: 1, maxLength: 3 },
      )
      .map((all) => all.join(' ')),
    member: fc.record({ me: tie('fields'), posts: tie('posts'), inM: tie('fields'), inP: tie('posts') }).map(
      ({ me, posts, inM, inP }) =>
        `{ title me { ${me} ...M } posts { ${posts} ...P } found { ...M } }
           fragment M on Member { ${inM.replaceAll('...M', 'id')} }
           fragment P on Post { ${inP.replaceAll(/\.\.\.[MP]/g, 'id')} }`,
    ),
  })).member;
  const claims = fc.option(
    fc.record({
      scope: fc.subarray(['members:email', 'badges', 'admin']),
      policies: fc.subarray(['billing', 'levels']),
    }),
  );

  test('what is left is valid, and has nothing in it that the client may not see', () => {
    fc.assert(
      fc.property(member, claims, (query, who) => {
        const authorised = authorise(query, who);
        const { document, definition } = authorised;
        if (!definition) return;
        expect(validate(schema, document)).toEqual([]);
        const seen = new Set<string>();
        const types = new TypeInfo(schema);
        visit(
          document,
          visitWithTypeInfo(types, {
            Field(node: FieldNode) {
              if (node.name.value !== '__typename') seen.add(`${types.getParentType()?.name}.${node.name.value}`);
            },
          }),
        );
        const isClosed: Record<string, boolean> = {
          'Query.me': who === null,
          'Member.phone': who === null,
          'Member.email': !who?.scope.includes('members:email'),
          'Member.badge': !who?.scope.includes('badges'),
          'Member.level': !who?.policies.includes('levels'),
          'Member.card': !who?.policies.includes('billing'),
          'PrivatePost.note': who === null,
          'Post.id': who === null,
          'Post.title': who === null,
        };
        expect([...seen].filter((coordinate) => isClosed[coordinate])).toEqual([]);
        expect(authorised.removed.length > 0).toBe(authorised.key !== '');
      }),
    );
  });
});
