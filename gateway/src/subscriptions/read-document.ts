import { type DocumentNode, GraphQLError, getOperationAST, OperationTypeNode, parse } from 'graphql';

/**
 * Parses an operation for a connection that carries streams. Throws a GraphQLError for a syntax error, for more tokens
 * than allowed, and for @skip or @include on a subscription's root field, on which graphql-js 16 fails instead of
 * reporting it.
 */
export function readDocument(query: string, operationName: string | null | undefined, maxTokens: number): DocumentNode {
  const document = parsed(query, maxTokens);
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return document;
  const conditional = operation.selectionSet.selections.find(({ directives }) =>
    directives?.some(({ name }) => name.value === 'skip' || name.value === 'include'),
  );
  if (!conditional) return document;
  throw new GraphQLError('The root field of a subscription cannot be conditional.', {
    nodes: conditional,
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  });
}

function parsed(query: string, maxTokens: number): DocumentNode {
  try {
    return parse(query, { maxTokens });
  } catch (error) {
    if (error instanceof GraphQLError) error.extensions.code = 'GRAPHQL_PARSE_FAILED';
    throw error;
  }
}
