import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type NameNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { parseFieldSet } from './field-set.ts';

/** The name that the planner gives the variable with what entities are asked for by. */
const REPRESENTATIONS = 'representations';
const PREFIX = '_client_';

/**
 * Keeps the names that clients choose apart from those by which plans find what one subgraph needs of another. A plan
 * fetches keys and required fields beside the client's own, so `id: title`, or `price(in: "EUR")` where
 * `price(in: "USD")` is required, would be sent in the place of the other. Such fields are planned, and stand in the
 * data, under a name that nothing else has.
 */
export class Names {
  /** Names in `@key` and `@requires`; true for those that have arguments there. */
  readonly #needed: ReadonlyMap<string, boolean>;

  constructor(supergraph: DocumentNode) {
    this.#needed = neededNames(supergraph);
  }

  /** Under which name a field stands in the data. */
  dataName({ alias, name }: FieldNode): string {
    const responseName = alias?.value ?? name.value;
    if (name.value.startsWith('__')) return responseName;
    if (responseName.startsWith(PREFIX)) return PREFIX + responseName;
    const needed = this.#needed.get(responseName);
    if (needed === undefined) return responseName;
    return needed || responseName !== name.value ? PREFIX + responseName : responseName;
  }

  /** The document to plan. */
  plannable(document: DocumentNode): DocumentNode {
    const fragments = new Map<string, FragmentDefinitionNode>();
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    }
    return visit(document, {
      Field: (node): FieldNode => {
        const { alias, ...field } = node;
        // Its answer is written from the type of the object, which is always found under its own name.
        if (node.name.value === '__typename') return field;
        const wanted = this.dataName(node);
        return wanted === node.name.value ? field : { ...field, alias: named(wanted) };
      },
      Variable: (node) => ({ ...node, name: named(planVariable(node.name.value)) }),
      SelectionSet: { leave: (node) => inOrder(node, fragments) },
    });
  }
}

const named = (value: string): NameNode => ({ kind: Kind.NAME, value });

function planVariable(name: string): string {
  return name === REPRESENTATIONS || name.startsWith(PREFIX) ? PREFIX + name : name;
}

/** The client's name of a variable or of a field in the data. */
export function clientName(name: string): string {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
}

/** A place in the data as the client knows it. */
export function clientPath(path: readonly (string | number)[]): readonly (string | number)[] {
  const isOurs = (segment: string | number) => typeof segment === 'string' && segment.startsWith(PREFIX);
  return path.some(isOurs) ? path.map((each) => (typeof each === 'string' ? clientName(each) : each)) : path;
}

/**
 * Fragments in the order of their types. Fields of one name and different types get names from the planner, in the order
 * in which it meets them; so these are the same at all depths, as they must be where they meet again.
 */
function inOrder(node: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): SelectionSetNode {
  const typeOf = (selection: SelectionNode): string | undefined =>
    selection.kind === Kind.FRAGMENT_SPREAD
      ? fragments.get(selection.name.value)?.typeCondition.name.value
      : selection.kind === Kind.INLINE_FRAGMENT
        ? selection.typeCondition?.name.value
        : undefined;
  const conditional = node.selections.filter(({ kind }) => kind !== Kind.FIELD);
  if (conditional.length < 2 || conditional.some((each) => typeOf(each) === undefined)) return node;
  conditional.sort((a, b) => ((typeOf(a) ?? '') < (typeOf(b) ?? '') ? -1 : Number(typeOf(a) !== typeOf(b))));
  let next = 0;
  return {
    ...node,
    selections: node.selections.map((each) => (each.kind === Kind.FIELD ? each : (conditional[next++] ?? each))),
  };
}

function neededNames(supergraph: DocumentNode): Map<string, boolean> {
  const needed = new Map<string, boolean>();
  visit(supergraph, {
    Directive(node) {
      for (const text of fieldSets(node)) {
        visit(parseFieldSet(text), {
          Field({ name, arguments: given = [] }) {
            needed.set(name.value, needed.get(name.value) === true || given.length > 0);
          },
        });
      }
    },
  });
  return needed;
}

const FIELD_SETS: Readonly<Record<string, string>> = { join__type: 'key', join__field: 'requires' };

function fieldSets({ name, arguments: given = [] }: DirectiveNode): string[] {
  const wanted = FIELD_SETS[name.value];
  return given.flatMap((argument) =>
    argument.name.value === wanted && argument.value.kind === Kind.STRING ? [argument.value.value] : [],
  );
}
