import { among, type SubgraphDefinition } from '../../support/federation.ts';
import type { Suite } from '../suite.ts';

const LOCKS = [
  { id: 'l1', name: 'Iron', maker: 'Holm', pin: 4 },
  { id: 'l2', name: 'Brass', maker: 'Berg', pin: 6 },
];

/** The subgraph that has the locks, and one that extends them, with a key field that is external. */
function extending(type: string, version: 1 | 2): Suite {
  const shareable = version === 2 ? '@shareable' : '';
  const owner: SubgraphDefinition = {
    version,
    sdl: `
      type Query { lock(id: ID): Lock }
      type Lock @key(fields: "id") { id: ID! name: String! ${shareable} maker: String }
    `,
    resolvers: {
      Query: { lock: (_source, { id }: { id: string }) => LOCKS.find((lock) => lock.id === id) ?? null },
      Lock: among(LOCKS, 'id'),
    },
  };
  const extender: SubgraphDefinition = {
    version,
    sdl: `
      type Query { anyLock: Lock namedLock: Lock @provides(fields: "name") }
      ${type} { id: ID! @external name: String! @external pin: Int }
    `,
    resolvers: {
      Query: { anyLock: () => ({ id: 'l1' }), namedLock: () => ({ id: 'l1', name: 'Iron' }) },
      Lock: { pin: ({ id }: { id: string }) => LOCKS.find((lock) => lock.id === id)?.pin },
    },
  };
  return {
    name: `Federation ${version}: ${type}`,
    subgraphs: { owner, extender },
    cases: [
      {
        name: 'each subgraph by itself',
        query: '{ lock(id: "l2") { id name maker } anyLock { id pin } }',
        data: { lock: { id: 'l2', name: 'Brass', maker: 'Berg' }, anyLock: { id: 'l1', pin: 4 } },
        asks: { owner: 1, extender: 1 },
      },
      {
        name: 'an external field comes from its owner',
        query: '{ anyLock { name id pin } }',
        data: { anyLock: { name: 'Iron', id: 'l1', pin: 4 } },
        asks: { owner: 1, extender: 1 },
      },
      {
        name: 'unless it is provided',
        query: '{ namedLock { id name pin } }',
        data: { namedLock: { id: 'l1', name: 'Iron', pin: 4 } },
        asks: { extender: 1 },
      },
      {
        name: 'and the other way',
        query: '{ lock(id: "l2") { pin maker } namedLock { maker } }',
        data: { lock: { pin: 6, maker: 'Berg' }, namedLock: { maker: 'Holm' } },
      },
    ],
  };
}

export const externalSuites: readonly Suite[] = [
  extending('type Lock @key(fields: "id") @extends', 1),
  extending('extend type Lock @key(fields: "id")', 1),
  extending('type Lock @key(fields: "id") @extends', 2),
  extending('extend type Lock @key(fields: "id")', 2),
];
