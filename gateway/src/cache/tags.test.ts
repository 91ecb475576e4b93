import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  buildSchema,
  execute,
  type GraphQLNamedType,
  getNamedType,
  getOperationAST,
  isAbstractType,
  isCompositeType,
  isObjectType,
  parse,
  validate,
} from 'graphql';
import { compileCaching } from './compile.ts';
import { tagsOfAnswer, tagsToInvalidate } from './tags.ts';

const schema = buildSchema(`
  type Query { item: Item house: House houses: [House] item2: Item }
  union Item = House | Street | Door
  interface Named { id: ID name: String }
  type House implements Named { id: ID name: String door: Door street: Street near: Named }
  type Street implements Named { id: ID name: String houses: [House] first: Named }
  type Door { number: String side: String name: String house: House }
`);
const keys = { Door: ['number', 'side'] };

/** Text of selections on a type, with aliases that collide with the names of key fields. */
function selections(type: GraphQLNamedType, depth: number): fc.Arbitrary<string> {
  const alias = fc.constantFrom('', '', '', 'id: ', 'name: ', 'number: ', 'a: ', 'kind: ');
  const choices: fc.Arbitrary<string>[] = [alias.map((name) => `${name}__typename`)];
  for (const field of 'getFields' in type ? Object.values(type.getFields()) : []) {
    const target = getNamedType(field.type);
    if (!isCompositeType(target)) choices.push(alias.map((name) => `${name}${field.name}`));
    else if (depth > 0) {
      const inner = selections(target, depth - 1);
      choices.push(fc.tuple(alias, inner).map(([name, text]) => `${name}${field.name} { ${text} }`));
    }
  }
  const conditions = isAbstractType(type) ? [...schema.getPossibleTypes(type)] : isObjectType(type) ? [type] : [];
  for (const condition of depth > 0 ? conditions : []) {
    choices.push(selections(condition, depth - 1).map((text) => `... on ${condition.name} { ${text} }`));
  }
  return fc.array(fc.oneof(...choices), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '));
}

/** Executes it on a world in which each object is drawn, and says which objects the answer shows. */
function run(text: string, draw: () => number) {
  const shown: { type: string; id: string[] }[] = [];
  const data = execute({
    schema,
    document: parse(text),
    rootValue: {},
    fieldResolver(source, _args, _context, { returnType, fieldName, parentType }) {
      const target = getNamedType(returnType);
      if (!isCompositeType(target)) return (source as Record<string, unknown>)[fieldName];
      const one = () => {
        const possible = isObjectType(target) ? [target] : schema.getPossibleTypes(target);
        const __typename = possible[draw() % possible.length]?.name ?? '';
        const object = { __typename, id: `${draw() % 3}`, name: `${draw() % 3}`, number: `${draw() % 3}`, side: 'l' };
        shown.push({ type: __typename, id: __typename === 'Door' ? [object.number, object.side] : [object.id] });
        return object;
      };
      const { astNode } = parentType.getFields()[fieldName] ?? {};
      return astNode?.type.kind === 'ListType' ? [one(), null, one()] : draw() % 5 === 0 ? null : one();
    },
  });
  return { json: JSON.stringify(data), shown };
}

test('whatever an answer shows, an invalidation of it finds the answer', () => {
  const query = schema.getQueryType();
  if (!query) throw new Error('The schema has no queries.');
  let checked = 0;
  fc.assert(
    fc.property(selections(query, 4), fc.infiniteStream(fc.nat(100)), (inner, numbers) => {
      const text = `{ ${inner} }`;
      const document = parse(text);
      if (validate(schema, document).length > 0) return;
      const definition = getOperationAST(document);
      if (!definition) throw new Error('There is no operation.');
      const { json, shown } = run(text, () => Number(numbers.next().value));
      const caching = compileCaching({ document, definition }, { schema, hints: new Map(), defaultMaxAge: 0, keys });
      const tags = new Set(tagsOfAnswer(caching, json));
      for (const { type, id } of shown) {
        expect(tagsToInvalidate({ type, id }).some((tag) => tags.has(tag))).toBe(true);
        expect(tagsToInvalidate({ type }).some((tag) => tags.has(tag))).toBe(true);
        checked++;
      }
    }),
    { numRuns: 1500 },
  );
  expect(checked).toBeGreaterThan(100);
});
