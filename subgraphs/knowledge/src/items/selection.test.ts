import { describe, expect, test } from '@jest/globals';
import { type FieldNode, type FragmentDefinitionNode, Kind, parse, print } from 'graphql';
import { buildSchema } from '../schema/schema.ts';
import { readDocument } from './read-document.ts';
import { type ItemSelection, selectionOf } from './selection.ts';

const schema = buildSchema();

/** The selection of the first field of the first operation, as a resolver of that field would see it. */
function selected(source: string, variableValues: Record<string, unknown> = {}): ItemSelection {
  const document = parse(source);
  const fragments: Record<string, FragmentDefinitionNode> = {};
  const fieldNodes: FieldNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
    if (definition.kind === Kind.OPERATION_DEFINITION)
      fieldNodes.push(definition.selectionSet.selections[0] as FieldNode);
  }
  return selectionOf({ schema, fragments, variableValues }, fieldNodes);
}
const entities = (selection: string) =>
  selected(`{ _entities(representations: []) { ... on IntelligenceItem ${selection} } }`);

describe('selectionOf', () => {
  test('knows aliases, defaults, variables, fragments and directives', () => {
    const selection = selected(
      `query ($n: Int!, $no: Boolean!) {
        _entities(representations: []) { __typename ...Item ... on IntelligenceItem { mine: dependsOn(first: $n) { id } } }
      }
      fragment Item on IntelligenceItem { id connectionCount @skip(if: $no) relatesTo @include(if: $no) { ...Leaf } }
      fragment Leaf on IntelligenceItem { connectionCount }`,
      { n: 7, no: false },
    );
    expect(selection).toEqual(
      new Map<string, unknown>([
        ['connectionCount', { field: 'connectionCount' }],
        ['mine', { field: 'dependsOn', first: 7, items: new Map() }],
      ]),
    );
  });

  test('merges what one response key asks for in several places', () => {
    const selection = entities('{ dependsOn { connectionCount } dependsOn { evolvesTo(first: 2) { id } } }');
    const inner = selection.get('dependsOn');
    expect(inner).toMatchObject({ field: 'dependsOn', first: 20 });
    expect(inner && 'items' in inner && [...inner.items.keys()]).toEqual(['connectionCount', 'evolvesTo']);
  });

  test('leaves out what its resolver refuses', () => {
    expect(entities('{ a: dependsOn(first: 0) { id } b: dependsOn(first: 101) { id } }').size).toBe(0);
    const nested = (levels: number): string => (levels === 0 ? '{ id }' : `{ dependsOn ${nested(levels - 1)} }`);
    const text = print(readDocument(entities(nested(9))));
    expect(text.match(/dependsOnConnection/g)).toHaveLength(5);
  });
});

test('the document that reads a selection is the golden one', () => {
  const selection = entities(`{
    id connectionCount
    dependsOn { id connectionCount relatesTo(first: 3) { id } }
    dependents { id } evolvesTo { id } old: evolvedFrom(first: 1) { connectionCount }
  }`);
  expect(print(readDocument(selection))).toMatchSnapshot();
});
