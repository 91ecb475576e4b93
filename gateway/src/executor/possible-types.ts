import { type GraphQLSchema, isAbstractType } from 'graphql';

/** Which object types a type condition lets pass, in the supergraph with everything that clients do not see. */
export interface PossibleTypes {
  /** Whether an object of type `typename` is a `condition`. */
  satisfies(typename: string, condition: string): boolean;
}

export function createPossibleTypes(supergraph: GraphQLSchema): PossibleTypes {
  const possible = new Map<string, Set<string>>();
  for (const type of Object.values(supergraph.getTypeMap())) {
    if (isAbstractType(type)) {
      possible.set(type.name, new Set(supergraph.getPossibleTypes(type).map(({ name }) => name)));
    }
  }
  return {
    satisfies: (typename, condition) => typename === condition || (possible.get(condition)?.has(typename) ?? false),
  };
}
