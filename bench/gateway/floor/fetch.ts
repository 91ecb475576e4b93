import { readFileSync } from 'node:fs';
import { type Dispatcher, Pool } from 'undici';
import type { SubgraphName } from '../subgraphs/sdl.ts';

export interface Entities<T> {
  _entities: T[];
}

/** Sends one query to one subgraph and returns its data. */
export type Fetch = <T>(subgraph: SubgraphName, query: string, representations?: object[]) => Promise<T>;

/** The cheapest way to send JSON over HTTP that undici has; nothing is checked. */
export function createFetch(servicesFile: string): Fetch {
  const services = JSON.parse(readFileSync(servicesFile, 'utf8')) as { name: string; url: string }[];
  const targets = new Map(
    services.map(({ name, url }) => {
      const { origin, pathname } = new URL(url);
      const request: Dispatcher.DispatchOptions = {
        method: 'POST',
        path: pathname,
        headers: { 'content-type': 'application/json' },
      };
      return [name, { pool: new Pool(origin), request }];
    }),
  );
  return <T>(subgraph: SubgraphName, query: string, representations?: object[]) =>
    new Promise<T>((resolve, reject) => {
      const target = targets.get(subgraph);
      if (target === undefined) throw new Error(`There is no ${subgraph}.`);
      const chunks: Buffer[] = [];
      const body = JSON.stringify(representations ? { query, variables: { representations } } : { query });
      target.pool.dispatch(
        { ...target.request, body },
        {
          onRequestStart: () => undefined,
          onResponseStart: () => undefined,
          onResponseData: (_, chunk) => void chunks.push(chunk),
          onResponseEnd: () => resolve((JSON.parse(Buffer.concat(chunks).toString()) as { data: T }).data),
          onResponseError: (_, error) => reject(error),
        },
      );
    });
}
