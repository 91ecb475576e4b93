import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isCompositeType,
  Kind,
  type NamedTypeNode,
  type SelectionSetNode,
} from 'graphql';
import { type Condition, conditionsOf } from '../executor/shape/conditions.ts';

/** Selections of one field under one name, which are answered together. */
export interface CollectedField {
  readonly parent: GraphQLCompositeType;
  readonly node: FieldNode;
  /** All have to hold. */
  readonly conditions: readonly Condition[];
  readonly selectionSets: SelectionSetNode[];
}

/**
 * The fields of a level, with those of its fragments. The same field under the same name and conditions is one; which of
 * several types an object will be of is not known, so fields of different types stand beside each other.
 */
export function collectLevel(
  schema: GraphQLSchema,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  type: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
): CollectedField[] {
  const fields = new Map<string, CollectedField>();
  const spread = new Set<string>();

  function add(node: FieldNode, parent: GraphQLCompositeType, conditions: readonly Condition[]): void {
    const key = `${parent.name} ${(node.alias ?? node.name).value} ${keyOf(conditions)}`;
    const known = fields.get(key);
    if (!known) {
      fields.set(key, { parent, node, conditions, selectionSets: node.selectionSet ? [node.selectionSet] : [] });
    } else if (node.selectionSet) known.selectionSets.push(node.selectionSet);
  }

  function collect({ selections }: SelectionSetNode, parent: GraphQLCompositeType, outer: readonly Condition[]): void {
    for (const node of selections) {
      const own = conditionsOf(node);
      if (!own) continue;
      const conditions = own.length === 0 ? outer : [...outer, ...own];
      if (node.kind === Kind.FIELD) {
        add(node, parent, conditions);
        continue;
      }
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragmentOf(node.name.value, conditions);
      if (fragment) collect(fragment.selectionSet, narrowed(fragment.typeCondition, parent), conditions);
    }
  }

  function fragmentOf(name: string, conditions: readonly Condition[]): FragmentDefinitionNode | undefined {
    const key = `${name} ${keyOf(conditions)}`;
    if (spread.has(key)) return undefined;
    spread.add(key);
    return fragments.get(name);
  }

  function narrowed(condition: NamedTypeNode | undefined, parent: GraphQLCompositeType): GraphQLCompositeType {
    const narrower = condition && schema.getType(condition.name.value);
    return isCompositeType(narrower) ? narrower : parent;
  }

  for (const selectionSet of selectionSets) collect(selectionSet, type, []);
  return [...fields.values()];
}

function keyOf(conditions: readonly Condition[]): string {
  return conditions.map(({ variable, value }) => `${value ? '' : '!'}${variable}`).join();
}
