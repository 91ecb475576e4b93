import { type DocumentNode, GraphQLError, parse } from 'graphql';

/** What the parser says, which has no code for it. */
const TOO_MANY_TOKENS = /^Syntax Error: Document contains more tha[nt] \d+ tokens/;

/**
 * Parses an operation's text. Throws a GraphQLError with a code: GRAPHQL_PARSE_FAILED where the text is not GraphQL,
 * MAX_TOKENS_LIMIT where it has more than `maxTokens`, and MAX_DEPTH_LIMIT where it is nested more deeply than the parser
 * can follow, which takes thousands of levels.
 */
export function parseDocument(text: string, maxTokens: number): DocumentNode {
  try {
    return parse(text, { maxTokens });
  } catch (error) {
    if (error instanceof RangeError) {
      throw new GraphQLError('The operation is nested too deeply.', { extensions: { code: 'MAX_DEPTH_LIMIT' } });
    }
    if (error instanceof GraphQLError) {
      error.extensions.code = TOO_MANY_TOKENS.test(error.message) ? 'MAX_TOKENS_LIMIT' : 'GRAPHQL_PARSE_FAILED';
    }
    throw error;
  }
}
