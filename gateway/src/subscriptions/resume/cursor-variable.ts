import { type DocumentNode, type FieldNode, Kind, visit } from 'graphql';

const known = new WeakMap<DocumentNode, string | undefined>();

/**
 * The client's variable that says where in the log of a root field to begin, and nothing else: subscriptions which
 * differ in it alone deliver the same events from different places. Undefined when there is none.
 */
export function cursorVariable(document: DocumentNode, field: string, argument: string): string | undefined {
  if (known.has(document)) return known.get(document);
  const variable = find(document, field, argument);
  known.set(document, variable);
  return variable;
}

function find(document: DocumentNode, field: string, argument: string): string | undefined {
  const value = rootFields(document)
    .find(({ name }) => name.value === field)
    ?.arguments?.find(({ name }) => name.value === argument)?.value;
  if (value?.kind !== Kind.VARIABLE) return undefined;
  let uses = 0;
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => {
      if (name.value === value.name.value) uses++;
    },
  });
  return uses === 1 ? value.name.value : undefined;
}

function rootFields(document: DocumentNode): FieldNode[] {
  return document.definitions
    .flatMap((node) => (node.kind === Kind.OPERATION_DEFINITION ? node.selectionSet.selections : []))
    .filter((node) => node.kind === Kind.FIELD);
}
