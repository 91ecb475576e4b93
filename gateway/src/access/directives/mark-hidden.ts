import {
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { hideField } from '../../executor/shape/hidden.ts';
import type { GuardedOperation } from './guarded-operation.ts';
import type { OperationParts } from './remove-hidden.ts';

/**
 * The client's operation with each field marked that is to be null in the answer, whatever is known of it: a plan may
 * fetch keys that the client may not see. Of a hidden fragment these are all fields, there and not elsewhere.
 */
export function markHidden(operation: GuardedOperation, hidden: ReadonlySet<SelectionNode>): OperationParts {
  function markSelections({ selections, ...node }: SelectionSetNode, isHidden: boolean): SelectionSetNode {
    return { ...node, selections: selections.map((selection) => mark(selection, isHidden || hidden.has(selection))) };
  }

  function mark(node: SelectionNode, isHidden: boolean): SelectionNode {
    switch (node.kind) {
      case Kind.FIELD:
        if (isHidden) return node.name.value === '__typename' ? node : hideField(node);
        return node.selectionSet ? { ...node, selectionSet: markSelections(node.selectionSet, false) } : node;
      case Kind.INLINE_FRAGMENT:
        return { ...node, selectionSet: markSelections(node.selectionSet, isHidden) };
      case Kind.FRAGMENT_SPREAD:
        return isHidden ? inPlace(node) : node;
    }
  }

  /** Its fields may be visible where else it is spread. */
  function inPlace({ name, directives = [] }: FragmentSpreadNode): SelectionNode {
    const { typeCondition, selectionSet } = operation.fragments.get(name.value) as FragmentDefinitionNode;
    return { kind: Kind.INLINE_FRAGMENT, typeCondition, directives, selectionSet: markSelections(selectionSet, true) };
  }

  const definition = {
    ...operation.definition,
    selectionSet: markSelections(operation.definition.selectionSet, false),
  };
  const fragments = [...operation.fragments.values()].map((fragment) => ({
    ...fragment,
    selectionSet: markSelections(fragment.selectionSet, false),
  }));
  return { definition, document: { kind: Kind.DOCUMENT, definitions: [definition, ...fragments] } };
}
