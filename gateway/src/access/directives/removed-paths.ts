import {
  type FieldNode,
  type FragmentSpreadNode,
  type InlineFragmentNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { GuardedOperation } from './guarded-operation.ts';

/** A condition of @skip or @include: the value that a variable has to have. */
export interface Condition {
  readonly variable: string;
  readonly value: boolean;
}

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
      const own = ownConditions(node);
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

/** Undefined when the selection is never part of the operation. */
function ownConditions({ directives = [] }: SelectionNode): Condition[] | undefined {
  const conditions: Condition[] = [];
  for (const { name, arguments: given } of directives) {
    if (name.value !== 'skip' && name.value !== 'include') continue;
    const value = name.value === 'include';
    const condition = given?.[0]?.value;
    if (condition?.kind === Kind.BOOLEAN && condition.value !== value) return undefined;
    if (condition?.kind === Kind.VARIABLE) conditions.push({ variable: condition.name.value, value });
  }
  return conditions;
}
