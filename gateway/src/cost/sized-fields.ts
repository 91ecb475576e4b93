import { Kind, parse, type SelectionSetNode } from 'graphql';

/** Which fields below a field have the size that this one is asked for, such as `edges` or `page { items }`. */
export interface SizedFields {
  readonly names: ReadonlySet<string>;
  readonly below: ReadonlyMap<string, SizedFields>;
}

/** Throws a GraphQLError for what is not a selection. */
export function parseSizedFields(selections: readonly string[]): SizedFields {
  const sets = selections.flatMap((text) => {
    const [operation] = parse(`{ ${text} }`).definitions;
    return operation?.kind === Kind.OPERATION_DEFINITION ? [operation.selectionSet] : [];
  });
  return read(sets);
}

function read(sets: readonly SelectionSetNode[]): SizedFields {
  const names = new Set<string>();
  const inner = new Map<string, SelectionSetNode[]>();
  for (const node of sets.flatMap(({ selections }) => selections)) {
    if (node.kind !== Kind.FIELD) continue;
    const name = node.name.value;
    if (node.selectionSet) inner.set(name, [...(inner.get(name) ?? []), node.selectionSet]);
    else names.add(name);
  }
  return { names, below: new Map([...inner].map(([name, below]) => [name, read(below)])) };
}
