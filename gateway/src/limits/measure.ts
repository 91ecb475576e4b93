import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** How large an operation is with its fragments in place. */
export interface OperationSize {
  /** Levels of nested fields. */
  readonly depth: number;
  /** Fields of the outermost level. */
  readonly rootFields: number;
  readonly aliases: number;
  readonly directives: number;
  /** Fields, inline fragments and spreads. */
  readonly recursiveSelections: number;
  /** Levels of nested selection sets; inline fragments and spreads count. */
  readonly nesting: number;
}

const NOTHING: OperationSize = {
  depth: 0,
  rootFields: 0,
  aliases: 0,
  directives: 0,
  recursiveSelections: 0,
  nesting: 0,
};

/**
 * Measures an operation in time linear in its text: each fragment is measured once, however often it is spread. A
 * fragment that is missing or within itself counts as empty; validation reports it. Counts that no number holds are
 * infinite.
 */
export function measureOperation(document: DocumentNode, definition: OperationDefinitionNode): OperationSize {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const measured = new Map<string, OperationSize>();

  function measureFragment(name: string): OperationSize {
    const known = measured.get(name);
    if (known) return known;
    measured.set(name, NOTHING);
    const fragment = fragments.get(name);
    if (!fragment) return NOTHING;
    const inner = measureSelections(fragment.selectionSet);
    const size = { ...inner, directives: inner.directives + (fragment.directives?.length ?? 0) };
    measured.set(name, size);
    return size;
  }

  function measureSelection(selection: SelectionNode): OperationSize {
    const own = selection.directives?.length ?? 0;
    if (selection.kind === Kind.FIELD) {
      const inner = selection.selectionSet ? measureSelections(selection.selectionSet) : NOTHING;
      return {
        depth: inner.depth + 1,
        rootFields: 1,
        aliases: inner.aliases + (selection.alias ? 1 : 0),
        directives: inner.directives + own,
        recursiveSelections: inner.recursiveSelections + 1,
        nesting: inner.nesting + 1,
      };
    }
    const inner =
      selection.kind === Kind.INLINE_FRAGMENT
        ? measureSelections(selection.selectionSet)
        : measureFragment(selection.name.value);
    return {
      ...inner,
      directives: inner.directives + own,
      recursiveSelections: inner.recursiveSelections + 1,
      nesting: inner.nesting + 1,
    };
  }

  function measureSelections({ selections }: SelectionSetNode): OperationSize {
    let { depth, rootFields, aliases, directives, recursiveSelections, nesting } = NOTHING;
    for (const selection of selections) {
      const size = measureSelection(selection);
      depth = Math.max(depth, size.depth);
      nesting = Math.max(nesting, size.nesting);
      rootFields += size.rootFields;
      aliases += size.aliases;
      directives += size.directives;
      recursiveSelections += size.recursiveSelections;
    }
    return { depth, rootFields, aliases, directives, recursiveSelections, nesting };
  }

  const size = measureSelections(definition.selectionSet);
  let directives = size.directives + (definition.directives?.length ?? 0);
  for (const variable of definition.variableDefinitions ?? []) directives += variable.directives?.length ?? 0;
  return { ...size, directives };
}
