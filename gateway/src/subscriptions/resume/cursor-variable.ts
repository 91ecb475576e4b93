import { type DocumentNode, type FieldNode, Kind, visit } from 'graphql';

/** By document, then by field and argument. */
const known = new WeakMap<DocumentNode, Map<string, string | undefined>>();

/**
 * The client's variable that says where in the log of a root field to begin, and nothing else: subscriptions which
 * differ in it alone deliver the same events from different places. Undefined when there is none.
 */
export function cursorVariable(document: DocumentNode, field: string, argument: string): string | undefined {
  const ofDocument = known.get(document) ?? new Map<string, string | undefined>();
  known.set(document, ofDocument);
  const key = `${field} ${argument}`;
  if (!ofDocument.has(key)) ofDocument.set(key, find(document, field, argument));
  return ofDocument.get(key);
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
