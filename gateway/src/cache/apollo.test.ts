import { ApolloServer } from '@apollo/server';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  buildSchema,
  type GraphQLNamedType,
  getNamedType,
  getOperationAST,
  isAbstractType,
  isCompositeType,
  isObjectType,
  parse,
} from 'graphql';
import { compileCaching } from './compile.ts';
import { readHints } from './hints.ts';

const SDL = `
  directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean)
    on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
  enum CacheControlScope { PUBLIC PRIVATE }
  type Query {
    word: String @cacheControl(maxAge: 90)
    tree: Tree @cacheControl(maxAge: 80)
    trees: [Tree!] @cacheControl(inheritMaxAge: true)
    bird: Bird @cacheControl(maxAge: 55, scope: PUBLIC)
    living: [Living!] @cacheControl(maxAge: 70)
    finds: [Find] @cacheControl(maxAge: 60, scope: PUBLIC)
  }
  type Tree implements Living @cacheControl(maxAge: 50) {
    name: String height: Int @cacheControl(maxAge: 40) owner: String @cacheControl(scope: PRIVATE)
    next: Tree leaf: Leaf parent: Tree @cacheControl(inheritMaxAge: true)
  }
  type Leaf @cacheControl(inheritMaxAge: true) { colour: String vein: Vein @cacheControl(inheritMaxAge: true) edge: Vein of: Tree @cacheControl(scope: PRIVATE) }
  type Vein { width: Int @cacheControl(maxAge: 30) }
  interface Living @cacheControl(maxAge: 65) { name: String }
  type Bird implements Living @cacheControl(scope: PRIVATE) { name: String @cacheControl(maxAge: 45) nest: Leaf @cacheControl(inheritMaxAge: true) }
  union Find @cacheControl(inheritMaxAge: true) = Leaf | Bird | Vein
`;
const schema = buildSchema(SDL);

/** Objects of every type that may stand at a place, so that an answer meets all that its operation could. */
const objects: Record<string, () => unknown> = {
  Tree: () => ({
    __typename: 'Tree',
    next: objects.Tree,
    leaf: objects.Leaf,
    parent: objects.Tree,
    near: objects.Bird,
  }),
  Leaf: () => ({ __typename: 'Leaf', vein: objects.Vein, edge: objects.Vein, of: objects.Tree }),
  Vein: () => ({ __typename: 'Vein' }),
  Bird: () => ({ __typename: 'Bird', nest: objects.Leaf }),
};
const every = (...types: string[]) => types.map((type) => objects[type]?.());
const rootValue = {
  tree: objects.Tree,
  bird: objects.Bird,
  trees: () => every('Tree'),
  living: () => every('Tree', 'Bird'),
  finds: () => every('Leaf', 'Bird', 'Vein'),
};

/** Selections on a type, as text. */
function selections(type: GraphQLNamedType, depth: number): fc.Arbitrary<string> {
  const choices: fc.Arbitrary<string>[] = [fc.constant('__typename')];
  const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
  for (const field of fields) {
    const target = getNamedType(field.type);
    if (!isCompositeType(target)) choices.push(fc.constant(field.name));
    else if (depth > 0) choices.push(selections(target, depth - 1).map((inner) => `${field.name} { ${inner} }`));
  }
  if (isAbstractType(type) && depth > 0) {
    for (const object of schema.getPossibleTypes(type)) {
      choices.push(selections(object, depth - 1).map((inner) => `... on ${object.name} { ${inner} }`));
    }
  }
  if (isObjectType(type) && depth > 0) {
    choices.push(selections(type, depth - 1).map((inner) => `... { ${inner} }`));
  }
  return fc.array(fc.oneof(...choices), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' '));
}

test('the policy is the one that Apollo Server finds in an answer with all that there could be', async () => {
  const server = new ApolloServer({
    schema,
    rootValue: () => rootValue,
    fieldResolver: (source, _args, _context, { fieldName }) => {
      const value = (source as Record<string, unknown> | undefined)?.[fieldName];
      return typeof value === 'function' ? value() : value;
    },
  } as ConstructorParameters<typeof ApolloServer>[0]);
  await server.start();
  const query = schema.getQueryType();
  if (!query) throw new Error('The schema has no queries.');
  const hints = readHints(parse(SDL), {});
  await fc.assert(
    fc.asyncProperty(selections(query, 4), async (inner) => {
      const text = `{ ${inner} }`;
      const document = parse(text);
      const definition = getOperationAST(document);
      if (!definition) throw new Error('There is no operation.');
      const { policy } = compileCaching({ document, definition }, { schema, hints, defaultMaxAge: 0, keys: {} });
      const { body, http } = await server.executeOperation({ query: text });
      expect(body).toMatchObject({ kind: 'single', singleResult: { data: expect.anything() } });
      const said = policy.maxAge ? `max-age=${policy.maxAge}, ${policy.scope.toLowerCase()}` : 'no-store';
      expect(said).toBe(http.headers.get('cache-control'));
    }),
    { numRuns: 500 },
  );
  await server.stop();
});
