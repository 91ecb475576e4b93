import { describe, expect, test } from '@jest/globals';
import { parse, print } from 'graphql';
import { compose } from '../../tests/support/gateway.ts';
import { conditionsOnFields } from './conditions-on-fields.ts';
import { createPlanner, PlanningError } from './planner.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@requires", "@external"])';
const planner = createPlanner(
  parse(
    compose({
      one: `${LINK} type Query { top: Node } type Node @key(fields: "id") { id: ID! size: Int }`,
      two: `${LINK} type Node @key(fields: "id") { id: ID! next: Node size: Int @external area: Int @requires(fields: "size") }`,
    }),
  ),
);

describe('planning', () => {
  test('goes on with the other planner where the first one fails', async () => {
    const node = await planner.plan(parse('{ top { next { area } } }'), undefined, 0);
    expect(node?.kind).toBe('Sequence');
    const services = JSON.stringify(node).match(/"serviceName":"\w+"/g) ?? [];
    expect(services.map((text) => text.slice(15, -1))).toEqual(['one', 'two', 'one', 'two']);
  });

  test('fails where there is no way at all', async () => {
    await expect(planner.plan(parse('{ top { unknown } }'), undefined, 0)).rejects.toThrow(PlanningError);
  });
});

test('conditions move from fragments to fields', () => {
  const document = parse(`
    query ($a: Boolean!, $b: Boolean!) { x { ...F @include(if: $a) ... @skip(if: $b) { c d @skip(if: $b) e @skip(if: $a) } } }
    fragment F on X { a ... on Y @skip(if: $b) { b } }
  `);
  expect(print(conditionsOnFields(document)).replaceAll(/\s+/g, ' ')).toBe(
    'query ($a: Boolean!, $b: Boolean!) { x { ... on X { a @include(if: $a) ... on Y { b @skip(if: $b) @include(if: $a) } } ' +
      '... { c @skip(if: $b) d @skip(if: $b) ... @skip(if: $b) { e @skip(if: $a) } } } }',
  );
});
