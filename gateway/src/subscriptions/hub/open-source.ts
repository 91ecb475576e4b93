import type { Log } from '@colloquy/service';
import { REQUEST_ID_HEADER } from '@colloquy/service';
import { openEvents } from '../../upstream/open-events.ts';
import type { Subgraphs } from '../../upstream/subgraphs.ts';
import type { OpenSource } from './run-feed.ts';

/** Subscribes at the subgraph that has the root field, on behalf of the subscription's clients. */
export function createOpenSource(options: {
  subgraphs: Subgraphs;
  maxEventBytes: number;
  pingMilliseconds: number;
  log: Log;
}): OpenSource {
  const { subgraphs, ...settings } = options;
  return async (live, feed, onSubscribe) => {
    const { prepared, resumption, context } = live;
    const { name, url, headers } = subgraphs.get(prepared.source.subgraph);
    const connectionParams = await context.caller.connectionParams();
    return openEvents({
      ...settings,
      subgraph: name,
      url,
      request: resumption?.requestFrom(feed.position) ?? {
        query: prepared.source.query,
        variables: prepared.source.variables,
      },
      connectionParams,
      headers: { ...headers(context.headers, { [REQUEST_ID_HEADER]: context.requestId }) },
      onSubscribe,
    });
  };
}
