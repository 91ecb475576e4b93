import type { ApolloServer } from '@apollo/server';
import { answerGraphql, readJson } from '@colloquy/service';
import type { Callers } from '../access/claims.ts';
import type { OperationContext } from '../execution/context.ts';
import type { Step } from './exchange.ts';

/** Queries and mutations over POST, queries over GET. */
export function answerOperation(
  apollo: ApolloServer<OperationContext>,
  options: { callers: Callers; bodyBytes: number },
): Step {
  return async ({ url, request, response, requestId, signal, claims }) => {
    if (url.pathname !== '/graphql') return false;
    const body = request.method === 'POST' ? await readJson(request, options.bodyBytes) : undefined;
    await answerGraphql(apollo, { request, response, body, requestId }, async () => ({
      requestId,
      caller: options.callers(claims),
      signal,
    }));
    return true;
  };
}
