import type { Fetcher } from '@graphiql/toolkit';
import { getOperationAST } from 'graphql';
import { createClient } from 'graphql-ws';

/** Queries and mutations by POST; subscriptions over a WebSocket of their own, so that each uses the current headers. */
export function createFetcher(): Fetcher {
  return (parameters, options) => {
    const headers = options?.headers ?? {};
    const operation = options?.documentAST && getOperationAST(options.documentAST, parameters.operationName);
    return operation?.operation === 'subscription' ? subscribe(parameters, headers) : post(parameters, headers);
  };
}

async function post(parameters: unknown, headers: Record<string, string>) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify(parameters),
  });
  return response.json();
}

async function* subscribe(parameters: { query: string }, headers: Record<string, string>) {
  const authorization = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  const client = createClient({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: authorization === undefined ? {} : { authorization },
    retryAttempts: 0,
  });
  try {
    yield* client.iterate(parameters);
  } finally {
    await client.dispose();
  }
}
