import { HttpError, REQUEST_ID_HEADER } from '@colloquy/service';
import type { Callers } from '../access/claims.ts';
import type { OperationPath } from '../operation/operation-path.ts';
import { isPreflighted, PREFLIGHT_HEADERS } from './csrf.ts';
import type { Exchange, Step } from './exchange.ts';
import { negotiate } from './media-types.ts';
import { readOperation } from './read-operation.ts';

/** Queries and mutations over POST, queries over GET. */
export function answerOperation(
  path: OperationPath,
  options: { callers: Callers; bodyBytes: number; csrfPrevention: boolean },
): Step {
  return async (exchange) => {
    if (exchange.pathname !== '/graphql') return false;
    const { request, response, requestId, signal, claims } = exchange;
    const { type, legacy } = negotiate(request.headers.accept);
    if (options.csrfPrevention) refuseForged(exchange);
    const operation = await readOperation(exchange, options.bodyBytes);
    const answer = await path.run(operation, {
      requestId,
      caller: options.callers(claims),
      signal,
      headers: request.headers,
      trace: exchange.trace,
      readOnly: request.method === 'GET',
      streams: false,
    });
    if (response.destroyed) return true;
    const length = answer.ascii ? answer.json.length : Buffer.byteLength(answer.json);
    response.writeHead(legacy ? (answer.legacyStatus ?? answer.status) : answer.status, {
      ...answer.headers,
      'content-type': type,
      'content-length': length,
      [REQUEST_ID_HEADER]: requestId,
    });
    // Plain ASCII, which most answers are, is copied as it is instead of being encoded character by character.
    response.end(answer.json, length === answer.json.length ? 'latin1' : 'utf8');
    // As with all that is large, nothing that waited may keep it.
    answer.json = '';
    return true;
  };
}

/** A page of anyone's may send such a request with its reader's cookies, or to a machine that only its reader can reach. */
function refuseForged({ request }: Exchange): void {
  if (isPreflighted(request.headers)) return;
  const means = `a content-type of application/json, or one of the headers ${PREFLIGHT_HEADERS.join(', ')}`;
  throw new HttpError(400, 'CSRF_PREVENTED', `The request could be forged by any page: send it with ${means}.`);
}
