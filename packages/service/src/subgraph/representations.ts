import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { type DocumentNode, Kind, type ValueNode, valueFromASTUntyped, visit } from 'graphql';
import { BadUserInputError } from '../errors.ts';

const LIMIT = 1000;

function lengthOf(value: ValueNode, variables: Record<string, unknown>): number {
  const list = valueFromASTUntyped(value, variables);
  return Array.isArray(list) ? list.length : 1;
}

/** How many entities the document asks `_entities` for, over all of its aliases. */
export function countRepresentations(document: DocumentNode, variables: Record<string, unknown>): number {
  let count = 0;
  visit(document, {
    Field(field) {
      if (field.name.value !== '_entities') return;
      const argument = field.arguments?.find(({ name }) => name.value === 'representations');
      if (argument && argument.value.kind !== Kind.NULL) count += lengthOf(argument.value, variables);
    },
  });
  return count;
}

/** Refuses an operation that asks for more than 1,000 entities: BAD_USER_INPUT, before anything is resolved. */
export const limitRepresentations: ApolloServerPlugin<BaseContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ document, request }) {
        const count = countRepresentations(document, request.variables ?? {});
        if (count > LIMIT) {
          throw new BadUserInputError(`At most ${LIMIT} representations per request; this one has ${count}.`);
        }
      },
    };
  },
};
