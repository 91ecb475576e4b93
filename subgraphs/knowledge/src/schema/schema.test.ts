import { composeServices } from '@apollo/composition';
import { describe, expect, test } from '@jest/globals';
import { type GraphQLObjectType, isIntrospectionType, isObjectType, isSpecifiedScalarType, parse } from 'graphql';
import { buildSchema } from './schema.ts';
import { typeDefs } from './type-defs.ts';

const schema = buildSchema();
const ours = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type) && !/^(_|link__|federation__)/.test(type.name),
);

describe('the served schema', () => {
  test('has the types of the contract and none of the generated ones', () => {
    expect(ours.map(({ name }) => name).toSorted()).toEqual([
      'DependencyChain',
      'Evolution',
      'Hub',
      'IntelligenceItem',
      'Query',
    ]);
    expect(typeDefs.length).toBeLessThan(6_000);
  });

  test('describes every type, field and argument', () => {
    const objects = ours.filter(isObjectType) as GraphQLObjectType[];
    const parts = objects.flatMap((type) => [
      ...(type.name === 'Query' ? [] : [{ at: type.name, description: type.description }]),
      ...Object.values(type.getFields())
        .filter(({ name }) => !name.startsWith('_'))
        .flatMap((field) => [
          { at: `${type.name}.${field.name}`, description: field.description },
          ...field.args.map((one) => ({ at: `${type.name}.${field.name}(${one.name})`, description: one.description })),
        ]),
    ]);
    expect(parts.filter(({ description }) => !description).map(({ at }) => at)).toEqual([]);
  });

  test('composes with a subgraph that owns the core of the item', () => {
    const archive = `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
      interface Node { id: ID! }
      type IntelligenceItem implements Node @key(fields: "id") { id: ID! title: String! }
      type Query { item(id: ID!): IntelligenceItem node(id: ID!): Node }`;
    const { errors } = composeServices([
      { name: 'archive', typeDefs: parse(archive) },
      { name: 'knowledge', typeDefs: parse(typeDefs) },
    ]);
    expect(errors ?? []).toEqual([]);
  });
});
