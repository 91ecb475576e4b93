import { type FieldNode, type GraphQLObjectType, type GraphQLResolveInfo, getArgumentValues } from 'graphql';
// graphql-js's own collector, so that fragments, @skip and @include count here as they do in execution.
import { collectSubfields } from 'graphql/execution/collectFields.js';
import { MAX_FIRST, MAX_NESTING } from '../limits.ts';
import { isRelationField, type RelationFieldName } from './relation-fields.ts';

/** What an operation wants of items; one entry per response key. */
export type ItemSelection = ReadonlyMap<string, SelectedField>;
export type SelectedField =
  | { field: 'connectionCount' }
  | { field: RelationFieldName; first: number; items: ItemSelection };

type Operation = Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'variableValues'>;

/**
 * The graph fields that are selected on the items which `fieldNodes` answer with. Left out are fields that their
 * resolver refuses: a `first` out of range, and what is nested deeper than MAX_NESTING.
 */
export function selectionOf(operation: Operation, fieldNodes: readonly FieldNode[], depth = 0): ItemSelection {
  const itemType = operation.schema.getType('IntelligenceItem') as GraphQLObjectType;
  const { schema, fragments, variableValues } = operation;
  const selection = new Map<string, SelectedField>();
  for (const [responseKey, nodes] of collectSubfields(schema, fragments, variableValues, itemType, fieldNodes)) {
    const selected = selectedField(operation, itemType, nodes, depth);
    if (selected) selection.set(responseKey, selected);
  }
  return selection;
}

function selectedField(
  operation: Operation,
  itemType: GraphQLObjectType,
  nodes: readonly FieldNode[],
  depth: number,
): SelectedField | null {
  const [node] = nodes;
  const name = node?.name.value ?? '';
  if (name === 'connectionCount') return { field: name };
  const definition = itemType.getFields()[name];
  if (!node || !definition || !isRelationField(name) || depth === MAX_NESTING) return null;
  const { first } = getArgumentValues(definition, node, operation.variableValues);
  if (typeof first !== 'number' || first < 1 || first > MAX_FIRST) return null;
  return { field: name, first, items: selectionOf(operation, nodes, depth + 1) };
}
