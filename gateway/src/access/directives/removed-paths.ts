import {
  type FieldNode,
  type FragmentSpreadNode,
  type InlineFragmentNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { type Condition, conditionsOf } from '../../executor/shape/conditions.ts';
import type { GuardedOperation } from './guarded-operation.ts';

/** A place in the answer where a client misses something. */
export interface RemovedPath {
  /** Response names from the root on; indexes of lists are not known before execution, and not part of it. */
  readonly path: readonly string[];
  /** It is asked for when all conditions of one of these lists hold. */
  readonly when: readonly (readonly Condition[])[];
}

/** Where a walk through an operation is. */
interface Place {
  readonly path: readonly string[];
  readonly conditions: readonly Condition[];
  /** Within a fragment that is hidden. */
  readonly isHidden: boolean;
}

/** Where what is hidden would have been, each place once, in the order of the operation. */
export function removedPaths(operation: GuardedOperation, hidden: ReadonlySet<SelectionNode>): RemovedPath[] {
  const found = new Map<string, { path: readonly string[]; when: (readonly Condition[])[] }>();

  function record(path: readonly string[], conditions: readonly Condition[]): void {
    const key = path.join('.');
    const known = found.get(key);
    if (known) known.when.push(conditions);
    else found.set(key, { path, when: [conditions] });
  }

  function visitSelections({ selections }: SelectionSetNode, place: Place): void {
    for (const node of selections) {
      const own = conditionsOf(node);
      if (!own) continue;
      const conditions = own.length === 0 ? place.conditions : [...place.conditions, ...own];
      const isHidden = place.isHidden || hidden.has(node);
      if (node.kind === Kind.FIELD) visitField(node, { path: place.path, conditions, isHidden });
      else visitFragment(node, { path: place.path, conditions, isHidden });
    }
  }

  function visitField(node: FieldNode, { path, conditions, isHidden }: Place): void {
    if (node.name.value === '__typename') return;
    const inner = [...path, (node.alias ?? node.name).value];
    if (isHidden) record(inner, conditions);
    else if (node.selectionSet) visitSelections(node.selectionSet, { path: inner, conditions, isHidden });
  }

  function visitFragment(node: InlineFragmentNode | FragmentSpreadNode, place: Place): void {
    const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : operation.fragments.get(node.name.value);
    if (fragment) visitSelections(fragment.selectionSet, place);
  }

  visitSelections(operation.definition.selectionSet, { path: [], conditions: [], isHidden: false });
  return [...found.values()];
}
