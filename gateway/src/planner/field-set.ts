import { Kind, parse, type SelectionSetNode } from 'graphql';

/** Reads the fields of a `@key` or `@requires`, such as `id owner { id }`. Throws when they are not well-formed. */
export function parseFieldSet(text: string): SelectionSetNode {
  const [definition] = parse(`{${text}}`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`Not a set of fields: ${text}`);
  return definition.selectionSet;
}
