import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { GuardedOperation } from './guarded-operation.ts';

const TYPENAME: SelectionNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** An operation and the document that has it and its fragments. */
export interface OperationParts {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
}

/**
 * The operation without what is hidden, and without the fragments and variables that only that used. Where nothing
 * was left `__typename` is selected, since there has to be a field; and where a fragment was taken out, since it depends
 * on the type which fields the client misses. Undefined when no root field is left.
 */
export function removeHidden(
  operation: GuardedOperation,
  hidden: ReadonlySet<SelectionNode>,
): OperationParts | undefined {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const [name, fragment] of operation.fragments) {
    fragments.set(name, { ...fragment, selectionSet: visibleSelections(fragment.selectionSet, hidden) });
  }
  const selectionSet = visibleSelections(operation.definition.selectionSet, hidden);
  if (!hasField(selectionSet, fragments)) return undefined;

  const used = usedFragments(selectionSet, fragments);
  const variables = new Set<string>();
  const { directives = [] } = operation.definition;
  for (const node of [selectionSet, ...directives, ...used]) {
    visit(node, {
      Variable({ name }) {
        variables.add(name.value);
      },
    });
  }
  const { variableDefinitions = [] } = operation.definition;
  const definition: OperationDefinitionNode = {
    ...operation.definition,
    variableDefinitions: variableDefinitions.filter(({ variable }) => variables.has(variable.name.value)),
    selectionSet,
  };
  return { document: { kind: Kind.DOCUMENT, definitions: [definition, ...used] }, definition };
}

function visibleSelections(selectionSet: SelectionSetNode, hidden: ReadonlySet<SelectionNode>): SelectionSetNode {
  const selections: SelectionNode[] = [];
  let needsTypename = false;
  for (const node of selectionSet.selections) {
    if (hidden.has(node)) needsTypename ||= node.kind !== Kind.FIELD;
    else selections.push(visibleSelection(node, hidden));
  }
  if ((needsTypename && !selections.some(isTypename)) || selections.length === 0) selections.push(TYPENAME);
  return { ...selectionSet, selections };
}

function visibleSelection(node: SelectionNode, hidden: ReadonlySet<SelectionNode>): SelectionNode {
  if (!('selectionSet' in node) || !node.selectionSet) return node;
  return { ...node, selectionSet: visibleSelections(node.selectionSet, hidden) };
}

function isTypename(node: SelectionNode): boolean {
  return node.kind === Kind.FIELD && node.name.value === '__typename' && !node.alias && !node.directives?.length;
}

/** Whether there is a field other than `__typename` at this level, fragments included. */
function hasField({ selections }: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): boolean {
  return selections.some((node) => {
    if (node.kind === Kind.FIELD) return node.name.value !== '__typename';
    const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
    return fragment !== undefined && hasField(fragment.selectionSet, fragments);
  });
}

function usedFragments(
  selectionSet: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): FragmentDefinitionNode[] {
  const used = new Map<string, FragmentDefinitionNode>();
  const collect = (node: SelectionSetNode): void => {
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (!fragment || used.has(name.value)) return;
        used.set(name.value, fragment);
        collect(fragment.selectionSet);
      },
    });
  };
  collect(selectionSet);
  return [...used.values()];
}
