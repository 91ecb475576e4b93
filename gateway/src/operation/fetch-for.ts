import { REQUEST_ID_HEADER } from '@colloquy/service';
import { identityKey } from '../access/identity-key.ts';
import type { Fetch } from '../executor/fetch.ts';
import type { OperationRecord } from '../observability/telemetry.ts';
import type { Subgraphs } from '../upstream/subgraphs.ts';
import type { OperationContext } from './operation.ts';

/** Sends the fetches of one operation, or one event, on behalf of its caller. */
export type FetchFor = (context: OperationContext, record: OperationRecord) => Fetch;

export function createFetchFor(subgraphs: Subgraphs): FetchFor {
  return (context, record) => {
    let identified: Promise<Record<string, string>> | undefined;
    return async (request) => {
      const subgraph = subgraphs.get(request.subgraph);
      identified ??= headersOf(context);
      const headers = await identified;
      const fetch = record.beginFetch(request.subgraph);
      try {
        // A mutation is not called off halfway because its client left.
        const signal = request.kind === 'mutation' ? undefined : context.signal;
        const sent = fetch.traced(subgraph.headers(context.headers, headers));
        const caller = subgraph.shares ? identityKey(context.caller.claims) : undefined;
        const answer = await subgraph.send(request, sent, signal, caller);
        fetch.end(answer.errors);
        return answer;
      } catch (error) {
        fetch.fail(error);
        throw error;
      }
    };
  };
}

async function headersOf(context: OperationContext): Promise<Record<string, string>> {
  return { ...(await context.caller.headers()), [REQUEST_ID_HEADER]: context.requestId };
}
