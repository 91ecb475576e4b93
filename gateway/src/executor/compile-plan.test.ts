import type { PlanNode, RequiresSelection } from '@graphql-hive/router-query-planner';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema } from 'graphql';
import { compilePlan } from './compile-plan.ts';
import type { FetchRequest, SubgraphAnswer } from './fetch.ts';
import { createPossibleTypes } from './possible-types.ts';
import type { Run } from './run.ts';

const possible = createPossibleTypes(
  buildSchema(
    'type Query { a: Media } interface Media { id: ID } type Book implements Media { id: ID } type Film implements Media { id: ID }',
  ),
);

const key = (type: string, ...fields: string[]): RequiresSelection[] => [
  {
    kind: 'InlineFragment',
    typeCondition: type,
    selections: ['__typename', ...fields].map((name) => ({ kind: 'Field', name })),
  },
];
const root = (serviceName: string, operation: string, variableUsages?: string[]): PlanNode => ({
  kind: 'Fetch',
  serviceName,
  operation,
  operationKind: 'query',
  ...(variableUsages && { variableUsages }),
});
const entities = (path: string[], type = 'Media', requires = key(type, 'id')): PlanNode => ({
  kind: 'Flatten',
  path: path.map((segment) =>
    segment === '@' ? '@' : segment.startsWith('|') ? { TypeCondition: [segment.slice(1)] } : { Field: segment },
  ),
  node: {
    kind: 'Fetch',
    serviceName: 'entities',
    operation: 'query($representations:[_Any!]!){_entities(representations:$representations){...on Book{title}}}',
    operationKind: 'query',
    requires,
  },
});

interface Sent extends FetchRequest {
  readonly parsed: { query: string; variables?: Record<string, unknown> };
}

/** Runs a plan against recorded answers; each of `answers` is asked in turn for a subgraph's next answer. */
async function runPlan(
  node: PlanNode,
  answer: (sent: Sent) => SubgraphAnswer | Error,
  given: { data?: Record<string, unknown>; variables?: Record<string, unknown> } = {},
) {
  const sent: Sent[] = [];
  const run: Run = {
    data: given.data ?? {},
    variables: given.variables ?? {},
    failures: [],
    plain: true,
    ascii: true,
    async fetch(request) {
      const full = { ...request, parsed: JSON.parse(request.body) as Sent['parsed'] };
      sent.push(full);
      const given = answer(full);
      if (given instanceof Error) throw given;
      return given;
    },
  };
  await compilePlan(node, possible)(run);
  return { data: run.data, sent, errors: run.failures.map(({ error }) => error) };
}

const asked = ({ parsed }: Sent) => (parsed.variables?.representations ?? []) as { id: string; __typename: string }[];
const titles = (sent: Sent): SubgraphAnswer => ({
  data: { _entities: asked(sent).map(({ id }) => ({ title: `T${id}` })) },
});
const book = (id: string) => ({ __typename: 'Book', id });

describe('a fetch of root fields', () => {
  test('sends the variables that it uses, and leaves out those that were left out', async () => {
    const node = root('a', 'query($x:Int,$y:Int){a(x:$x,y:$y)}', ['x', 'y']);
    const { sent, data } = await runPlan(node, () => ({ data: { a: 1 } }), { variables: { x: null, z: 3 } });
    expect(sent.map(({ parsed }) => parsed.variables)).toEqual([{ x: null }]);
    expect(data).toEqual({ a: 1 });
  });

  test('that fails is an error of each of its fields, under their names for the client', async () => {
    const { errors } = await runPlan(root('a', '{b:a c}'), () => new Error('away'));
    expect(errors.map(({ path, message }) => [path, message])).toEqual([
      [['b'], 'away'],
      [['c'], 'away'],
    ]);
  });

  test('merges with what another one brought', async () => {
    const node: PlanNode = { kind: 'Parallel', nodes: [root('a', '{me{id}}'), root('b', '{me{name}}')] };
    const { data } = await runPlan(node, ({ subgraph }) => ({
      data: { me: subgraph === 'a' ? { id: 1 } : { name: 'x' } },
    }));
    expect(data).toEqual({ me: { id: 1, name: 'x' } });
  });
});

describe('a fetch of entities', () => {
  test('asks for each distinct one once, and completes every place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(fc.nat(20), { nil: null }), { maxLength: 60 }), async (ids) => {
        const list = ids.map((id) => (id === null ? null : book(String(id))));
        const { data, sent } = await runPlan(entities(['list', '@']), titles, { data: { list } });
        const distinct = new Set(ids.filter((id) => id !== null));
        expect(sent.flatMap(asked)).toHaveLength(distinct.size);
        expect(data.list).toEqual(ids.map((id) => (id === null ? null : { ...book(String(id)), title: `T${id}` })));
      }),
    );
  });

  test('asks for no more than 1,000 in a request', async () => {
    const list = Array.from({ length: 2500 }, (_, id) => book(String(id)));
    const { data, sent } = await runPlan(
      entities(['list', '@']),
      (each) => ({
        ...titles(each),
        errors: [{ message: 'odd', path: ['_entities', 3, 'title'] }],
      }),
      { data: { list } },
    );
    expect(sent.map((each) => [asked(each).length, each.entities])).toEqual([
      [1000, 1000],
      [1000, 1000],
      [500, 500],
    ]);
    expect((data.list as { title: string }[]).map(({ title }) => title)).toEqual(list.map(({ id }) => `T${id}`));
  });

  test('places an error at every place of its entity, and others above the list', async () => {
    const list = [book('1'), book('2'), book('1')];
    const { errors } = await runPlan(
      entities(['a', 'list', '@', 'book']),
      () => ({
        data: { _entities: [null, null] },
        errors: [
          { message: 'gone', path: ['_entities', 0, 'title'] },
          { message: 'all', path: ['_entities'] },
          { message: 'nowhere' },
        ],
      }),
      { data: { a: { list: list.map((each) => ({ book: { ...each } })) } } },
    );
    expect(errors.map(({ message, path }) => [message, path])).toEqual([
      ['gone', ['a', 'list', 0, 'book', 'title']],
      ['gone', ['a', 'list', 2, 'book', 'title']],
      ['all', ['a', 'list']],
      ['nowhere', ['a', 'list']],
    ]);
  });

  test('asks only for objects of its type, and for none without what it requires', async () => {
    const list = [
      book('1'),
      { __typename: 'Film', id: '2' },
      { __typename: 'Book' },
      { id: '4' },
      { ...book('5'), id: null },
    ];
    const { sent } = await runPlan(entities(['list', '@', '|Book'], 'Book'), titles, { data: { list } });
    expect(sent.map(asked)).toEqual([[book('1'), { __typename: 'Book', id: null }]]);
  });

  test('that has nobody to ask for is not sent', async () => {
    expect((await runPlan(entities(['list', '@']), titles, { data: { list: [null] } })).sent).toEqual([]);
  });

  test('rewrites what is sent and what comes', async () => {
    const node = entities(['one']);
    if (node.kind !== 'Flatten' || node.node.kind !== 'Fetch') throw new Error('expected a fetch');
    node.node.inputRewrites = [
      { ValueSetter: { path: [{ TypenameEquals: ['Media'] }, { Key: '__typename' }], setValueTo: 'Media' } },
    ];
    node.node.outputRewrites = [{ KeyRenamer: { path: [{ Key: 'title' }], renameKeyTo: 'name' } }];
    const { data, sent } = await runPlan(node, titles, { data: { one: book('1') } });
    expect(sent.map(asked)).toEqual([[{ __typename: 'Media', id: '1' }]]);
    expect(data).toEqual({ one: { ...book('1'), name: 'T1' } });
  });
});

describe('entities of several places in one request', () => {
  const places: PlanNode = {
    kind: 'BatchFetch',
    serviceName: 'entities',
    operationKind: 'query',
    operation:
      'query($r0:[_Any!]!,$r1:[_Any!]!){e0:_entities(representations:$r0){id} e1:_entities(representations:$r1){id}}',
    entityBatch: {
      aliases: [
        {
          alias: 'e0',
          representationsVariableName: 'r0',
          paths: [[{ Field: 'a' }, '@'], [{ Field: 'b' }]],
          requires: key('Book', 'id'),
        },
        { alias: 'e1', representationsVariableName: 'r1', paths: [[{ Field: 'c' }]], requires: key('Film', 'id') },
      ],
    },
  };
  const data = () => ({ a: [book('1'), book('2')], b: book('1'), c: { __typename: 'Film', id: '1' } });

  test('are asked for by field, once for all places, and share no object between places', async () => {
    const { data: got, sent } = await runPlan(
      places,
      () => ({ data: { e0: [{ more: { x: 1 } }, { more: { x: 2 } }], e1: [{ more: { x: 3 } }] } }),
      { data: data() },
    );
    expect(sent.map(({ parsed }) => parsed.variables)).toEqual([
      { r0: [book('1'), book('2')], r1: [{ __typename: 'Film', id: '1' }] },
    ]);
    const { a, b, c } = got as Record<string, never> & {
      a: { more: object }[];
      b: { more: object };
      c: { more: object };
    };
    expect([a.map(({ more }) => more), b.more, c.more]).toEqual([[{ x: 1 }, { x: 2 }], { x: 1 }, { x: 3 }]);
    expect(b.more).not.toBe(a[0]?.more);
  });

  test('have an error at each place when there is no answer', async () => {
    const { errors } = await runPlan(places, () => new Error('away'), { data: data() });
    expect(errors.map(({ path }) => path)).toEqual([['a'], ['b'], ['c']]);
  });
});

describe('the order of a plan', () => {
  test('a sequence waits for each of its steps, also when one fails', async () => {
    const node: PlanNode = { kind: 'Sequence', nodes: [root('a', '{a}'), root('b', '{b}'), entities(['b'])] };
    const { sent, data } = await runPlan(node, (each) =>
      each.subgraph === 'a' ? new Error('away') : each.subgraph === 'b' ? { data: { b: book('1') } } : titles(each),
    );
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(['a', 'b', 'entities']);
    expect(data).toEqual({ b: { ...book('1'), title: 'T1' } });
  });

  test.each([
    [true, ['a']],
    [false, ['b']],
  ])('a condition that is %s takes its branch', async (flag, expected) => {
    const node: PlanNode = {
      kind: 'Condition',
      condition: 'flag',
      ifClause: root('a', '{a}'),
      elseClause: root('b', '{b}'),
    };
    const { sent } = await runPlan(node, () => ({ data: {} }), { variables: { flag } });
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(expected);
  });
});
