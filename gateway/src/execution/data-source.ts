import type { GraphQLDataSource } from '@apollo/gateway';
import type { Histogram } from '@colloquy/service';
import { REQUEST_ID_HEADER } from '@colloquy/service';
import { Kind, OperationTypeNode, parse } from 'graphql';
import { SubgraphUnavailableError } from '../upstream/errors.ts';
import type { Subgraph, SubgraphAnswer } from '../upstream/subgraph.ts';
import type { OperationContext } from './context.ts';

type Process = Parameters<GraphQLDataSource['process']>[0];
type FetchDuration = Histogram<'subgraph' | 'outcome'>;

/** Sends the fetches of a plan to a subgraph, on behalf of the caller. */
export function createDataSource(find: () => Subgraph, duration: FetchDuration): GraphQLDataSource {
  return {
    async process(options) {
      const { request, context } = options;
      const { caller, requestId, signal } = context as OperationContext;
      const subgraph = find();
      const stop = duration.startTimer({ subgraph: subgraph.name });
      const sent = { query: request.query ?? '', variables: request.variables, operationName: request.operationName };
      const headers = { ...(await caller.headers()), [REQUEST_ID_HEADER]: requestId };
      try {
        // A mutation is not called off halfway because its client left.
        const answer = await subgraph.send(sent, headers, isMutation(options) ? undefined : signal);
        stop({ outcome: answer.errors ? 'error' : 'ok' });
        return answer;
      } catch (error) {
        stop({ outcome: 'unavailable' });
        if (error instanceof SubgraphUnavailableError) return unavailable(subgraph.name, error, options);
        throw error;
      }
    },
  };
}

function isMutation(options: Process): boolean {
  return (
    'incomingRequestContext' in options &&
    options.incomingRequestContext.operation.operation === OperationTypeNode.MUTATION
  );
}

/**
 * Gives the failure of a fetch its place in the answer: each root field that it was to supply, or, for a fetch of
 * entities, the field above the first list on the way to them.
 */
function unavailable(name: string, error: SubgraphUnavailableError, options: Process): SubgraphAnswer {
  const code = error.extensions.code === 'SERVICE_TIMEOUT' ? ({ code: 'SERVICE_TIMEOUT' } as const) : {};
  const at = ('pathInIncomingRequest' in options && options.pathInIncomingRequest) || [];
  if (at.length > 0) {
    const list = at.indexOf('@');
    const path = list === -1 ? at : at.slice(0, list);
    throw new SubgraphUnavailableError(name, { cause: error.cause, path, ...code });
  }
  const errors = rootFields(options.request.query ?? '').map((field) => {
    const failed = new SubgraphUnavailableError(name, { cause: error.cause, path: [field], ...code });
    // The plan executor keeps what it is given as the original error, so the cause still reaches the log.
    return failed as SubgraphUnavailableError & { path: readonly (string | number)[] };
  });
  return { data: null, errors };
}

function rootFields(query: string): string[] {
  return parse(query).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? definition.selectionSet.selections.flatMap((selection) =>
          selection.kind === Kind.FIELD ? [selection.alias?.value ?? selection.name.value] : [],
        )
      : [],
  );
}
