import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cutNestedMessages } from './nested-messages.ts';

interface Tree {
  text: string;
  extra?: unknown;
  children: Tree[];
}

const tree = fc.memo((depth) =>
  fc.record({
    text: fc.oneof(fc.string(), fc.constantFrom('"children":[{', '\\"', '\\', ']}')),
    extra: fc.jsonValue(),
    children: depth > 1 ? fc.array(tree(depth - 1), { maxLength: 3 }) : fc.constant([]),
  }),
) as fc.Memo<Tree>;

/** The tree in pre-order: each message without its children, and the index of the message around it. */
function flatten(root: Tree): { own: unknown; parent: number }[] {
  const flat: { own: unknown; parent: number }[] = [];
  const visit = (node: Tree, parent: number) => {
    const index = flat.push({ own: { ...node, children: [] }, parent }) - 1;
    for (const child of node.children) visit(child, index);
  };
  visit(root, -1);
  return flat;
}

describe('cutting nested messages', () => {
  test('finds every message of any tree, with its own members only', () => {
    fc.assert(
      fc.property(tree(4), fc.constantFrom(undefined, 2), (root, indent) => {
        const found = cutNestedMessages(JSON.stringify(root, null, indent));
        const plain = JSON.parse(JSON.stringify(flatten(root)));
        expect(found.map(({ raw, parent }) => ({ own: JSON.parse(raw), parent }))).toEqual(plain);
        expect(found.every(({ strays }) => strays === 0)).toBe(true);
      }),
    );
  });

  test('keeps the text of a message as it came', () => {
    const json = '{ "a": 1.50, "children" : [ {"b":"\\u0041","children":[]} , {"c":2} ], "z": [ {"children": [{}]} ] }';
    expect(cutNestedMessages(json)).toEqual([
      { raw: '{ "a": 1.50, "children" : [], "z": [ {"children": [{}]} ] }', parent: -1, strays: 0 },
      { raw: '{"b":"\\u0041","children":[]}', parent: 0, strays: 0 },
      { raw: '{"c":2}', parent: 0, strays: 0 },
    ]);
  });

  test.each([
    ['{"children":[7]}', 1],
    ['{"children":["a",{"b":1},null,[{}]]}', 3],
    ['{"children":[ ]}', 0],
    ['{"children":{"a":[1]}}', 0],
    ['{"\\u0063hildren":[1,2]}', 2],
  ])('counts in %s the replies that are no objects: %i', (json, strays) => {
    expect(cutNestedMessages(json)[0]?.strays).toBe(strays);
  });

  test('takes 10,000 replies below one another', () => {
    const depth = 10_000;
    const found = cutNestedMessages(`${'{"children":['.repeat(depth)}${']}'.repeat(depth)}`);
    expect(found).toHaveLength(depth);
    expect(found.at(-1)).toEqual({ raw: '{"children":[]}', parent: depth - 2, strays: 0 });
  });
});
