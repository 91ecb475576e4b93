import { type GraphQLSchema, isEnumType, Kind, type ValueNode } from 'graphql';

/** The subgraphs that a supergraph was composed of. Throws when the schema is not one. */
export function readSubgraphs(supergraph: GraphQLSchema): { name: string; url: string }[] {
  const graphs = supergraph.getType('join__Graph');
  if (!isEnumType(graphs)) {
    throw new Error('Expected a supergraph, composed of subgraphs; this schema has no enum join__Graph.');
  }
  return graphs.getValues().map(({ name, astNode }) => {
    const directive = astNode?.directives?.find((each) => each.name.value === 'join__graph');
    const text = (key: string) => string(directive?.arguments?.find((each) => each.name.value === key)?.value);
    return { name: text('name') ?? name, url: text('url') ?? '' };
  });
}

function string(value: ValueNode | undefined): string | undefined {
  return value?.kind === Kind.STRING ? value.value : undefined;
}
