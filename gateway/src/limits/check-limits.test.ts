import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { getIntrospectionQuery, Kind, parse, visit } from 'graphql';
import { operationLimits } from '../config/limits.ts';
import { checkLimits } from './check-limits.ts';
import { measureOperation } from './measure.ts';

const limits = operationLimits.parse({});
const times = (count: number, make: (index: number) => string) => Array.from({ length: count }, (_, i) => make(i));

/** The code with which a query is refused, and it must be quick: ten times what is allowed, for a busy machine. */
function codeOf(query: string, settings = limits): unknown {
  const document = parse(query);
  const start = performance.now();
  const error = checkLimits(document, undefined, settings);
  expect(performance.now() - start).toBeLessThan(500);
  return error?.extensions.code;
}

describe('an operation within the limits', () => {
  test.each([
    ['is small', '{ a }'],
    ['is the introspection query', getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true })],
    ['has 50 levels', `${'{ a '.repeat(50)}${'}'.repeat(50)}`],
    [
      'has fragments within themselves, for validation to report',
      '{ ...a } fragment a on Q { ...b } fragment b on Q { ...a }',
    ],
    ['spreads a fragment that is not there', '{ ...a }'],
    ['has the aliases that Relay gives', '{ __isNode: __typename __module_operation_a: js }'],
  ])('%s', (_name, query) => expect(codeOf(query)).toBeUndefined());

  test('is not there: validation reports it', () => {
    expect(checkLimits(parse('query a { a } query b { a }'), undefined, limits)).toBeUndefined();
    expect(checkLimits(parse('fragment a on Q { a }'), undefined, limits)).toBeUndefined();
  });
});

describe('an attack is refused at once', () => {
  const bomb = `{ ...f0 } ${times(30, (i) => `fragment f${i} on Q { ...f${i + 1} ...f${i + 1} }`).join(' ')}
    fragment f30 on Q { a }`;
  test.each([
    ['a fragment bomb', bomb, 'MAX_RECURSIVE_SELECTIONS_LIMIT'],
    [
      'a bomb that no number can hold',
      bomb.replace('{ a }', `{ ${'...g0 '.repeat(2)} }`) +
        times(1500, (i) => `fragment g${i} on Q { ...g${i + 1} ...g${i + 1} }`).join(' '),
      'MAX_RECURSIVE_SELECTIONS_LIMIT',
    ],
    ['10,000 aliases', `{ ${times(10_000, (i) => `a${i}: a`).join(' ')} }`, 'MAX_ROOT_FIELDS_LIMIT'],
    ['aliases below a field', `{ o { ${times(9_000, (i) => `a${i}: a`).join(' ')} } }`, 'MAX_ALIASES_LIMIT'],
    ['aliases in fragments', `{ o { ${'...f '.repeat(300)} } } fragment f on O { x: a y: a }`, 'MAX_ALIASES_LIMIT'],
    ['10,000 root fields', `{ ${'a '.repeat(10_000)} }`, 'MAX_ROOT_FIELDS_LIMIT'],
    ['root fields in fragments', `{ ${'...f '.repeat(60)} } fragment f on Q { a b }`, 'MAX_ROOT_FIELDS_LIMIT'],
    ['depth 100', `${'{ a '.repeat(100)}${'}'.repeat(100)}`, 'MAX_DEPTH_LIMIT'],
    [
      'depth in fragments',
      `{ ...f0 } ${times(60, (i) => `fragment f${i} on Q { a { ...f${i + 1} } }`).join(' ')} fragment f60 on Q { a }`,
      'MAX_DEPTH_LIMIT',
    ],
    ['inline fragments nested without fields', `${'{ ... '.repeat(900)}{ a }${'}'.repeat(900)}`, 'MAX_DEPTH_LIMIT'],
    ['a flood of directives', `{ a ${'@skip(if: true) '.repeat(1_500)} }`, 'MAX_DIRECTIVES_LIMIT'],
    ['a flood on variables', `query($a: Int ${'@a '.repeat(1_500)}) { a }`, 'MAX_DIRECTIVES_LIMIT'],
    ['a flood on the operation', `query ${'@a '.repeat(1_500)} { a }`, 'MAX_DIRECTIVES_LIMIT'],
    ['a name that is reserved', '{ a { __typename: b } }', 'RESERVED_ALIAS'],
    ['such a name in a fragment', '{ ...f } fragment f on Q { ... { __proto__: a } }', 'RESERVED_ALIAS'],
  ])('%s', (_name, query, code) => expect(codeOf(query)).toBe(code));
});

test('each limit can be set, and the message names it', () => {
  const error = checkLimits(parse('{ a { b } }'), undefined, { ...limits, depth: 1 });
  expect(error?.message).toBe('The operation exceeds the limit of 1 for depth.');
});

test('limits are those of the operation that is asked for', () => {
  const document = parse(`query small { a } query large { ${'a '.repeat(101)} }`);
  expect(checkLimits(document, 'small', limits)).toBeUndefined();
  expect(checkLimits(document, 'large', limits)?.extensions.code).toBe('MAX_ROOT_FIELDS_LIMIT');
});

describe('the size of an operation', () => {
  /** Trees of selections: a field with what is below it, or an inline fragment. */
  const { selections } = fc.letrec<{ selection: string; selections: string }>((tie) => ({
    selection: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('a', 'b', 'x: a', 'a @skip(if: true)'),
      tie('selections').map((inner) => `o ${inner}`),
      tie('selections').map((inner) => `... @include(if: true) ${inner}`),
    ),
    selections: fc.array(tie('selection'), { minLength: 1, maxLength: 4 }).map((all) => `{ ${all.join(' ')} }`),
  }));

  test('is what a walk over every selection counts, whether its parts are in place or in fragments', () => {
    fc.assert(
      fc.property(selections, selections, (outer, inner) => {
        const spread = parse(`{ ...f ...f o ${outer} } fragment f on Q ${inner}`);
        const inline = parse(`{ ... on Q ${inner} ... on Q ${inner} o ${outer} }`);
        const [size, same] = [spread, inline].map((document) => {
          const [definition] = document.definitions;
          if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('expected an operation');
          return measureOperation(document, definition);
        });
        expect(size).toEqual(same);
        const counted = { aliases: 0, directives: 0, recursiveSelections: 0, depth: 0 };
        let level = 0;
        visit(inline, {
          enter(node) {
            if (node.kind === Kind.INLINE_FRAGMENT) counted.recursiveSelections++;
            if (node.kind === Kind.DIRECTIVE) counted.directives++;
            if (node.kind !== Kind.FIELD) return;
            counted.recursiveSelections++;
            if (node.alias) counted.aliases++;
            counted.depth = Math.max(counted.depth, ++level);
          },
          leave(node) {
            if (node.kind === Kind.FIELD) level--;
          },
        });
        expect(size).toMatchObject(counted);
      }),
    );
  });
});
