import {
  type DocumentNode,
  execute,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { Variables } from '../executor/shape/conditions.ts';
import { collectFields, createSelectionReader } from '../executor/shape/selections.ts';

/** The parts of an answer that are about the schema. */
export type Introspect = (variables: Variables) => Record<string, unknown>;

const isIntrospection = ({ name }: FieldNode) => name.value === '__schema' || name.value === '__type';

/** Undefined when a validated operation asks for nothing of the schema. */
export function compileIntrospection(
  schema: GraphQLSchema,
  document: DocumentNode,
  definition: OperationDefinitionNode,
): Introspect | undefined {
  const root = schema.getQueryType();
  if (definition.operation !== OperationTypeNode.QUERY || !root || !mentionsSchema(document)) return undefined;
  const others = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);

  return (variables) => {
    const reader = createSelectionReader(schema, document, variables);
    const selections = [...collectFields(reader, root, [definition.selectionSet]).values()]
      .flat()
      .filter(isIntrospection);
    if (selections.length === 0) return {};
    const operation = { ...definition, selectionSet: { ...definition.selectionSet, selections } };
    const result = execute({
      schema,
      document: { kind: Kind.DOCUMENT, definitions: [operation, ...others] },
      variableValues: variables,
    });
    if (result instanceof Promise) throw new Error('The schema answers at once.');
    return { ...result.data };
  };
}

function mentionsSchema(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Field(node) {
      found ||= isIntrospection(node);
    },
  });
  return found;
}

/** Whether anything is asked for beside `__typename` and the schema. */
export function asksSubgraphs(document: DocumentNode, { selectionSet }: OperationDefinitionNode): boolean {
  const fragments = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  const asks = ({ selections }: SelectionSetNode): boolean =>
    selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value !== '__typename' && !isIntrospection(selection);
      if (selection.kind === Kind.INLINE_FRAGMENT) return asks(selection.selectionSet);
      const fragment = fragments.get(selection.name.value);
      return fragment !== undefined && asks(fragment.selectionSet);
    });
  return asks(selectionSet);
}

/** The document without what is about the schema, for a planner that is to plan the rest. */
export function withoutIntrospection(document: DocumentNode): DocumentNode {
  return visit(document, {
    // Another field takes its place, since a selection set may not be empty.
    Field(node): FieldNode | undefined {
      return isIntrospection(node) ? { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } : undefined;
    },
  });
}
