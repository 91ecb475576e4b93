import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type InlineFragmentNode,
  Kind,
  print,
  type SelectionNode,
  visit,
} from 'graphql';

/**
 * The same operation with every `@include` and `@skip` on a field and none on a fragment; named fragments are spelled
 * out. The planner finds no way through a conditional fragment on the type that is there anyhow, or a wider one.
 */
export function conditionsOnFields(document: DocumentNode): DocumentNode {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const operations = document.definitions.filter(({ kind }) => kind !== Kind.FRAGMENT_DEFINITION);
  return visit(
    { ...document, definitions: operations },
    {
      FragmentSpread(node): InlineFragmentNode | undefined {
        const fragment = fragments.get(node.name.value);
        if (!fragment) return undefined;
        const { typeCondition, selectionSet } = fragment;
        return { kind: Kind.INLINE_FRAGMENT, typeCondition, directives: node.directives ?? [], selectionSet };
      },
      InlineFragment: {
        leave({ directives = [], ...node }) {
          const selections = node.selectionSet.selections.map((selection) => under(directives, selection));
          return { ...node, selectionSet: { ...node.selectionSet, selections } };
        },
      },
    },
  );
}

function under(conditions: readonly DirectiveNode[], selection: SelectionNode): SelectionNode {
  if (conditions.length === 0 || selection.kind === Kind.FRAGMENT_SPREAD) return selection;
  if (selection.kind === Kind.FIELD) return withConditions(conditions, selection);
  const selections = selection.selectionSet.selections.map((inner) => under(conditions, inner));
  return { ...selection, selectionSet: { ...selection.selectionSet, selections } };
}

/** A field takes each directive once; what it cannot take is left around it. */
function withConditions(conditions: readonly DirectiveNode[], field: FieldNode): SelectionNode {
  const directives = [...(field.directives ?? [])];
  const left: DirectiveNode[] = [];
  for (const condition of conditions) {
    const same = directives.find(({ name }) => name.value === condition.name.value);
    if (!same) directives.push(condition);
    else if (print(same) !== print(condition)) left.push(condition);
  }
  const own = { ...field, directives };
  if (left.length === 0) return own;
  return {
    kind: Kind.INLINE_FRAGMENT,
    directives: left,
    selectionSet: { kind: Kind.SELECTION_SET, selections: [own] },
  };
}
