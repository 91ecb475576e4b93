import { HttpError, readJson } from '@colloquy/service';
import { z } from 'zod';
import type { OperationRequest } from '../operation/operation.ts';
import type { Exchange } from './exchange.ts';
import { isJson } from './media-types.ts';

const map = z.record(z.string(), z.unknown()).nullish();
const shape = z.object({
  query: z.string().nullish(),
  documentId: z.string().nullish(),
  operationName: z.string().nullish(),
  variables: map,
  extensions: map,
});

/**
 * Reads an operation as GraphQL over HTTP has it: a JSON body by POST, parameters by GET. Throws HttpError: 400 when it is
 * malformed, 405 for other methods, 413 when it is too large, 415 when the body is of another type.
 */
export async function readOperation(exchange: Exchange, bodyBytes: number): Promise<OperationRequest> {
  const { request, url } = exchange;
  switch (request.method) {
    case 'GET':
      return check(readParameters(url.searchParams));
    case 'POST':
      if (!isJson(request.headers['content-type'])) {
        throw new HttpError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Expected content-type: application/json, in UTF-8.');
      }
      return check(await readJson(request, bodyBytes));
    default:
      exchange.response.setHeader('allow', 'GET, POST');
      throw new HttpError(405, 'METHOD_NOT_ALLOWED', 'Operations come by POST, queries also by GET.');
  }
}

/** The usual request is seen to be well formed at a glance; zod says of all others what is wrong. */
function check(body: unknown): OperationRequest {
  if (isPlain(body)) return body;
  const result = shape.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue?.path.join('.') || 'the body';
  throw new HttpError(400, 'BAD_REQUEST', `Expected a GraphQL request; ${place}: ${issue?.message ?? 'not usable'}.`);
}

function isPlain(body: unknown): body is OperationRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  const { query, documentId, operationName, variables, extensions } = body as Record<string, unknown>;
  return (
    typeof query === 'string' &&
    documentId === undefined &&
    (operationName === undefined || operationName === null || typeof operationName === 'string') &&
    isMap(variables) &&
    isMap(extensions)
  );
}

function isMap(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'object' && !Array.isArray(value));
}

function readParameters(search: URLSearchParams): unknown {
  const json = (name: string) => {
    const text = search.get(name);
    if (text === null || text === '') return null;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw new HttpError(400, 'BAD_REQUEST', `The parameter ${name} is not JSON.`);
    }
  };
  return {
    query: search.get('query'),
    documentId: search.get('documentId'),
    operationName: search.get('operationName'),
    variables: json('variables'),
    extensions: json('extensions'),
  };
}
