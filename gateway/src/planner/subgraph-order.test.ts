import type { PlanNode } from '@graphql-hive/router-query-planner';
import { describe, expect, test } from '@jest/globals';
import { parse, print } from 'graphql';
import { orderSubgraphs } from './subgraph-order.ts';

const supergraph = (objectGraph: string) =>
  parse(`
    enum join__Graph { A @join__graph(name: "a", url: "") B @join__graph(name: "b", url: "") C @join__graph(name: "c", url: "") }
    interface Item @join__type(graph: A, isInterfaceObject: ${objectGraph === 'A'}) @join__type(graph: C) { id: ID }
    type Tool { id: ID @join__field(graph: B, override: "a") }
  `);

describe('the order of subgraphs', () => {
  test('is of no importance without interface objects', () => {
    expect(orderSubgraphs(supergraph('none'))).toBeUndefined();
  });

  test('has those with an interface before those with its interface object, wherever they are named', () => {
    const order = orderSubgraphs(supergraph('A'));
    const text = order ? print(order.supergraph) : '';
    expect(text).toContain('C @join__graph(name: "0000"');
    expect(text).toContain('A @join__graph(name: "0001"');
    expect(text).toContain('B @join__graph(name: "0002"');
    expect(text).toContain('override: "0001"');
  });

  test('is undone in plans', () => {
    const fetchOf = (serviceName: string): PlanNode => ({
      kind: 'Fetch',
      serviceName,
      operation: '{a}',
      operationKind: 'query',
    });
    const plan = (one: string, other: string): PlanNode => ({
      kind: 'Sequence',
      nodes: [
        fetchOf(one),
        { kind: 'Parallel', nodes: [{ kind: 'Flatten', path: [{ Field: 'a' }], node: fetchOf(other) }] },
        { kind: 'Condition', condition: 'c', elseClause: fetchOf(one) },
      ],
    });
    expect(orderSubgraphs(supergraph('A'))?.restore(plan('0000', '0002'))).toEqual(plan('c', 'b'));
  });
});
