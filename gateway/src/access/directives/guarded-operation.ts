import {
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  type InlineFragmentNode,
  isCompositeType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { AccessRules, Guard } from './access-rules.ts';
import { type Requirement, requirementKey } from './requirement.ts';

/** A selection of an operation that not everyone may see. Indexes are of `GuardedOperation.requirements`. */
export interface GuardedSelection {
  readonly node: SelectionNode;
  readonly all: readonly number[];
  readonly oneOf: readonly (readonly number[])[];
}

/** What of an operation is protected, and by what. */
export interface GuardedOperation {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Each once. */
  readonly requirements: readonly Requirement[];
  readonly selections: readonly GuardedSelection[];
}

/** Finds what is protected in a valid operation; undefined when nothing is. */
export function guardOperation(
  rules: AccessRules,
  schema: GraphQLSchema,
  document: DocumentNode,
  definition: OperationDefinitionNode,
): GuardedOperation | undefined {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const requirements: Requirement[] = [];
  const indexes = new Map<string, number>();
  const guarded: GuardedSelection[] = [];
  const visited = new Set<ASTNode>();

  function indexOf(requirement: Requirement): number {
    const key = requirementKey(requirement);
    const known = indexes.get(key);
    if (known !== undefined) return known;
    indexes.set(key, requirements.length);
    return requirements.push(requirement) - 1;
  }

  function guard(node: SelectionNode, { all, oneOf }: Guard): void {
    if (all.length === 0 && oneOf.length === 0) return;
    const distinct = (list: readonly Requirement[]) => [...new Set(list.map(indexOf))];
    guarded.push({ node, all: distinct(all), oneOf: oneOf.map(distinct) });
  }

  function visitField(node: FieldNode, parent: GraphQLCompositeType): void {
    if (node.name.value.startsWith('__') || isUnionType(parent)) return;
    const returned = getNamedType(parent.getFields()[node.name.value]?.type);
    guard(node, rules.ofField(parent, node.name.value, selectsDirectly(node)));
    if (node.selectionSet && isCompositeType(returned)) visitSelections(node.selectionSet, returned);
  }

  function visitFragment(node: InlineFragmentNode | FragmentSpreadNode, parent: GraphQLCompositeType): void {
    const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
    const condition = fragment?.typeCondition?.name.value;
    if (condition !== undefined) guard(node, { all: rules.ofType(condition), oneOf: [] });
    if (!fragment || visited.has(fragment)) return;
    visited.add(fragment);
    const type = condition === undefined ? parent : schema.getType(condition);
    if (isCompositeType(type)) visitSelections(fragment.selectionSet, type);
  }

  function visitSelections({ selections }: SelectionSetNode, parent: GraphQLCompositeType): void {
    for (const node of selections) {
      if (node.kind === Kind.FIELD) visitField(node, parent);
      else visitFragment(node, parent);
    }
  }

  const root = schema.getRootType(definition.operation);
  if (root) visitSelections(definition.selectionSet, root);
  return guarded.length === 0 ? undefined : { document, definition, fragments, requirements, selections: guarded };
}

/** Whether fields, other than the name of its type, are selected of what a field returns, not within a type's fragment. */
function selectsDirectly({ selectionSet }: { selectionSet?: SelectionSetNode | undefined }): boolean {
  return (selectionSet?.selections ?? []).some((node) => {
    if (node.kind === Kind.FIELD) return node.name.value !== '__typename';
    return node.kind === Kind.INLINE_FRAGMENT && !node.typeCondition && selectsDirectly(node);
  });
}
