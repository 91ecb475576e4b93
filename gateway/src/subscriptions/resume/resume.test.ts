import { describe, expect, test } from '@jest/globals';
import { buildSchema, parse, print, validate } from 'graphql';
import type { Generation } from '../../schema/generation.ts';
import type { PreparedSubscription } from '../prepared.ts';
import { cursorVariable } from './cursor-variable.ts';
import { createResumption } from './resume-source.ts';
import { rewriteSource } from './rewrite.ts';

const schema = buildSchema(`
  type Query { now: Int }
  type Subscription {
    moves(board: ID!, after: String): Move
    ticks(after: Int! = 0): Tick!
    pages(after: ID): [Move!]
  }
  type Move { at: Position! piece(long: Boolean): String }
  type Position { cursor: String! inner: Position }
  type Tick { number: Int! }
`);
const rule = { argument: 'after', cursor: 'at.cursor' };

function prepared(query: string, variables: Record<string, unknown> = {}): PreparedSubscription {
  return {
    key: query,
    generation: { apiSchema: schema } as Generation,
    document: parse(query),
    variables,
    field: 'moves',
    source: { subgraph: 'chess', query, variables },
    complete: async () => '',
  };
}

const text = (query: string) => print(parse(query));

describe('a resumable subscription', () => {
  test('asks for the cursor of each event, and can begin behind one', () => {
    const query =
      'subscription ($board: ID!, $after: String, $long: Boolean) { m: moves(board: $board, after: $after) { piece(long: $long) } }';
    const variables = { board: 'b1', after: 'x', long: true };
    const resumption = createResumption(prepared(query, variables), rule);
    expect(resumption.start).toBe('x');
    const initial = resumption.requestFrom('x');
    expect(initial.variables).toEqual(variables);
    expect(initial.query).toBe(
      text(`subscription ($board: ID!, $after: String, $long: Boolean) {
        m: moves(board: $board, after: $after) { piece(long: $long) __cursor: at { __cursor: cursor } } }`),
    );
    const resumed = resumption.requestFrom('y');
    expect(resumed.variables).toEqual({ board: 'b1', long: true, __resume: 'y' });
    expect(resumed.query).toBe(
      text(`subscription ($board: ID!, $long: Boolean, $__resume: String!) {
        m: moves(board: $board, after: $__resume) { piece(long: $long) __cursor: at { __cursor: cursor } } }`),
    );
    expect(resumption.requestFrom(null)).toEqual({ query: initial.query, variables: { board: 'b1', long: true } });
    for (const request of [initial, resumed]) expect(validate(schema, parse(request.query))).toEqual([]);
  });

  test('reads the cursor where the rule says', () => {
    const resumption = createResumption(prepared('subscription { m: moves(board: 1) { piece } }'), rule);
    expect(resumption.start).toBeNull();
    expect(resumption.cursorOf({ data: { m: { piece: 'king', __cursor: { __cursor: 'c7' } } } })).toBe('c7');
    expect(resumption.cursorOf({ data: { m: null } })).toBeUndefined();
    expect(resumption.cursorOf({ data: null })).toBeUndefined();
  });

  test('keeps a variable that is used elsewhere too, and knows literals', () => {
    const query = 'subscription ($a: String) { moves(board: $a, after: $a) { piece } }';
    const { resumed } = rewriteSource(query, rule, schema);
    expect(resumed).toContain('($a: String, $__resume: String!)');
    expect(createResumption(prepared('subscription { moves(board: 1, after: "q") { piece } }'), rule).start).toBe('q');
  });

  test('gives numbers as numbers', () => {
    const query = 'subscription { ticks { number } }';
    const ticks = { ...prepared(query), field: 'ticks' };
    const resumption = createResumption(ticks, { argument: 'after', cursor: 'number' });
    const request = resumption.requestFrom('7');
    expect(request.variables).toEqual({ __resume: 7 });
    expect(validate(schema, parse(request.query))).toEqual([]);
    expect(resumption.cursorOf({ data: { ticks: { number: 8, __cursor: 8 } } })).toBe('8');
  });

  test.each([
    ['an argument that there is not', 'moves(board: 1)', { argument: 'since', cursor: 'at.cursor' }],
    ['a field that there is not', 'moves(board: 1)', { argument: 'after', cursor: 'cursor' }],
    ['an object', 'moves(board: 1)', { argument: 'after', cursor: 'at' }],
    ['a list of events', 'pages', { argument: 'after', cursor: 'at.cursor' }],
  ])('is none when its rule names %s', (_name, field, wrong) => {
    expect(() => rewriteSource(`subscription { ${field} { piece } }`, wrong, schema)).toThrow(
      expect.objectContaining({ code: 'RESUME_RULE' }),
    );
  });
});

test.each([
  ['subscription ($a: String) { moves(board: 1, after: $a) { piece } }', 'a'],
  ['subscription ($a: String) { moves(board: $a, after: $a) { piece } }', undefined],
  ['subscription { moves(board: 1, after: "x") { piece } }', undefined],
  ['subscription ($b: ID!) { moves(board: $b) { piece } }', undefined],
])('the variable that only says where to begin: %s', (query, expected) => {
  expect(cursorVariable(parse(query), 'moves', 'after')).toBe(expected);
});
