import type { GraphQLDataSource } from '@apollo/gateway';
import { type Histogram, type Log, REQUEST_ID_HEADER } from '@colloquy/service';
import { GraphQLError, Kind, OperationTypeNode, parse } from 'graphql';
import { SubgraphUnavailableError } from '../upstream/errors.ts';
import type { Subgraph, SubgraphAnswer } from '../upstream/subgraph.ts';
import type { OperationContext } from './context.ts';
import { sendInBatches } from './entity-batches.ts';

type Process = Parameters<GraphQLDataSource['process']>[0];
type FetchDuration = Histogram<'subgraph' | 'outcome'>;

/** Sends the fetches of a plan to a subgraph, on behalf of the caller. `find` is asked each time, as it may move. */
export function createDataSource(find: () => Subgraph, duration: FetchDuration, log: Log): GraphQLDataSource {
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
        const until = isMutation(options) ? undefined : signal;
        const answer = await sendInBatches(sent, (batch) => subgraph.send(batch, headers, until));
        stop({ outcome: answer.errors ? 'error' : 'ok' });
        return answer;
      } catch (error) {
        stop({ outcome: 'unavailable' });
        if (!(error instanceof SubgraphUnavailableError)) throw error;
        log[signal.aborted ? 'debug' : 'warn']({ err: error.cause, subgraph: subgraph.name, requestId }, error.message);
        return unavailable(error, options);
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
function unavailable({ message, extensions }: SubgraphUnavailableError, options: Process): SubgraphAnswer {
  const at = ('pathInIncomingRequest' in options && options.pathInIncomingRequest) || [];
  if (at.length === 0) {
    const fields = rootFields(options.request.query ?? '');
    return { data: null, errors: fields.map((field) => ({ message, path: [field], extensions })) };
  }
  const list = at.indexOf('@');
  throw new GraphQLError(message, { path: list === -1 ? at : at.slice(0, list), extensions });
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
