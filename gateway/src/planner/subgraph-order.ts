import type { PlanNode } from '@graphql-hive/router-query-planner';
import { type ConstDirectiveNode, type DocumentNode, Kind, type StringValueNode, visit } from 'graphql';

/**
 * The planner reads subgraphs in the order of their names, and finds the way from an interface object to the types of
 * its interface only when the subgraph that has them comes first. So it is given names in that order.
 */
export interface SubgraphOrder {
  readonly supergraph: DocumentNode;
  /** Puts the real names into a plan. */
  restore(node: PlanNode): PlanNode;
}

/** Undefined when the order is of no importance. */
export function orderSubgraphs(supergraph: DocumentNode): SubgraphOrder | undefined {
  const after = dependencies(supergraph);
  if (after.size === 0) return undefined;
  const names = graphNames(supergraph);
  const ordered = sortAfter([...names.keys()], after);
  const given = new Map(ordered.map((graph, index) => [names.get(graph) ?? '', `${String(index).padStart(4, '0')}`]));
  const real = new Map([...given].map(([name, own]) => [own, name]));
  return { supergraph: renamed(supergraph, given), restore: (node) => restored(node, real) };
}

const isJoinType = ({ name }: ConstDirectiveNode) => name.value === 'join__type';

function argument({ arguments: given = [] }: ConstDirectiveNode, name: string): string | boolean | undefined {
  const value = given.find((each) => each.name.value === name)?.value;
  return value && 'value' in value ? value.value : undefined;
}

/** For each subgraph with interface objects, those that have the interfaces. */
function dependencies(supergraph: DocumentNode): Map<string, Set<string>> {
  const after = new Map<string, Set<string>>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const joins = definition.directives?.filter(isJoinType) ?? [];
    const graphs = (ofObjects: boolean) =>
      joins
        .filter((join) => (argument(join, 'isInterfaceObject') === true) === ofObjects)
        .map((join) => String(argument(join, 'graph')));
    for (const graph of graphs(true)) {
      const before = after.get(graph) ?? new Set();
      for (const other of graphs(false)) if (other !== graph) before.add(other);
      after.set(graph, before);
    }
  }
  return after;
}

/** The names of the subgraphs by their value in the enum of all. */
function graphNames(supergraph: DocumentNode): Map<string, string> {
  const names = new Map<string, string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const { name, directives = [] } of definition.values ?? []) {
      for (const directive of directives) names.set(name.value, String(argument(directive, 'name')));
    }
  }
  return names;
}

/** Each behind those it comes after; where that goes in circles, in the order given. */
function sortAfter(graphs: readonly string[], after: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const sorted = new Set<string>();
  const open = new Set<string>();
  function add(graph: string): void {
    if (open.has(graph)) return;
    open.add(graph);
    for (const before of after.get(graph) ?? []) add(before);
    sorted.add(graph);
  }
  for (const graph of graphs) add(graph);
  return [...sorted];
}

/** Where a supergraph calls a subgraph by its name. */
const NAMES: Readonly<Record<string, string>> = { join__graph: 'name', join__field: 'override' };

function renamed(supergraph: DocumentNode, given: ReadonlyMap<string, string>): DocumentNode {
  return visit(supergraph, {
    Directive(node) {
      const wanted = NAMES[node.name.value];
      if (wanted === undefined) return undefined;
      return {
        ...node,
        arguments: node.arguments?.map((each) => {
          if (each.name.value !== wanted || each.value.kind !== Kind.STRING) return each;
          const value: StringValueNode = { ...each.value, value: given.get(each.value.value) ?? each.value.value };
          return { ...each, value };
        }),
      };
    },
  });
}

function restored(node: PlanNode, real: ReadonlyMap<string, string>): PlanNode {
  const inner = <Node extends PlanNode>(each: Node): Node => restored(each, real) as Node;
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map(inner) };
    case 'Condition':
      return {
        ...node,
        ...(node.ifClause && { ifClause: inner(node.ifClause) }),
        ...(node.elseClause && { elseClause: inner(node.elseClause) }),
      };
    case 'Flatten':
      return { ...node, node: inner(node.node) };
    case 'Subscription':
      return { ...node, primary: inner(node.primary) };
    case 'Fetch':
    case 'BatchFetch':
      return { ...node, serviceName: real.get(node.serviceName) ?? node.serviceName };
    case 'Defer':
      return node;
  }
}
