import { describe, expect, test } from '@jest/globals';
import { type PageRow, pageRows, rowFor } from './page.ts';
import { formatPath, parsePath } from './path.ts';
import { probe } from './probe.ts';
import { CLAUDE } from './scaffold.ts';
import { inventoryPaths } from './schema.ts';

const HEAD = '| path | kept | field |\n| --- | --- | --- |\n';

/** The first row of a table; a test that gives none is wrong. */
function onlyRow(line: string): PageRow {
  const [row] = pageRows(HEAD + line);
  if (row === undefined) throw new Error('The table has no row.');
  return row;
}

const faultOf = (row: PageRow) => probe(CLAUDE, row.path, 'string', row);

describe('a probe', () => {
  test('finds what a true row says', async () => {
    expect(await faultOf(onlyRow('| `name` | mapped | `conversation.title` |'))).toBeNull();
    expect(await faultOf(onlyRow('| `chat_messages[].new` | raw | nobody knows it |'))).toBeNull();
  });

  test.each([
    ['a field that nobody fills', '| `chat_messages[].new` | mapped | `message.metadata.new` |', 'does not arrive'],
    ['another field', '| `name` | mapped | `conversation.metadata.summary` |', 'does not arrive'],
    ['one of two fields', '| `name` | mapped | `conversation.title` and `conversation.url` |', 'in conversation.url'],
  ])('finds %s wanting', async (_, line, fault) => {
    expect(await faultOf(onlyRow(line))).toContain(fault);
  });
});

describe('a page', () => {
  const rows = pageRows(
    `${HEAD}| \`a\` | mapped | \`message.a\` |\n| \`b.**\` | raw | why |\n| \`b.c[]\` | raw | why |\n`,
  );

  test.each([
    ['a', 'a'],
    ['b', 'b.**'],
    ['b.x[].y', 'b.**'],
    ['b.c[]', 'b.c[]'],
    ['b.c[].d', 'b.**'],
    ['a.b', undefined],
    ['bc', undefined],
  ])('speaks of %s by the row %s', (path, row) => {
    expect(rowFor(parsePath(path), rows)?.text).toBe(row);
  });

  test('with a row that is neither mapped nor raw is refused', () => {
    expect(() => pageRows(`${HEAD}| \`a\` | perhaps | where |`)).toThrow('No row of paths');
  });

  test('may have other tables, which are not read', () => {
    expect(pageRows('| field | from | x |\n| --- | --- | --- |\n| a | b | c |')).toEqual([]);
  });
});

test('an inventory gives each property once, no more frequent than what it is part of', () => {
  const schema = {
    properties: {
      a: { type: ['null', 'string'] },
      b: {
        'x-polylogue-frequency': 0.04,
        type: 'object',
        additionalProperties: { properties: { c: { type: 'null' } } },
      },
      d: { type: 'array', items: { anyOf: [{ type: 'string' }, { properties: { e: { type: 'integer' } } }] } },
    },
  };
  expect(inventoryPaths(schema).map(({ path, type, frequency }) => [formatPath(path), type, frequency])).toEqual([
    ['a', 'string', 1],
    ['b', 'object', 0.04],
    ['b.*', 'null', 0.04],
    ['b.*.c', 'null', 0.04],
    ['d', 'array', 1],
    ['d[].e', 'integer', 1],
  ]);
});
