import {
  type DocumentNode,
  execute,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
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

/** The document without what is about the schema, for a planner that is to plan the rest. */
export function withoutIntrospection(document: DocumentNode): DocumentNode {
  return visit(document, {
    // Another field takes its place, since a selection set may not be empty.
    Field(node): FieldNode | undefined {
      return isIntrospection(node) ? { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } : undefined;
    },
  });
}
