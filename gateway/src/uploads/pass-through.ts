import { HttpError, linger, REQUEST_ID_HEADER } from '@colloquy/service';
import type { Callers } from '../access/claims.ts';
import type { RouteConfig } from '../config/config.ts';
import type { Step } from '../request/exchange.ts';
import type { Subgraphs } from '../upstream/subgraphs.ts';
import { forwardedHeaders } from './headers.ts';
import { relay } from './relay.ts';

/** Requests that are not GraphQL and belong to a subgraph, such as uploads: streamed through, in both directions. */
export function passThrough(options: { routes: readonly RouteConfig[]; subgraphs: Subgraphs; callers: Callers }): Step {
  return async ({ request, response, url, requestId, claims }) => {
    const routes = options.routes.filter(({ prefix }) => url.pathname.startsWith(prefix));
    if (routes.length === 0) return false;
    const route = routes.find(({ methods }) => methods.some((method) => method === request.method));
    if (!route) {
      const allow = routes.flatMap(({ methods }) => methods).join(', ');
      throw new HttpError(405, 'METHOD_NOT_ALLOWED', `This address takes ${allow}.`, { allow });
    }
    const subgraph = options.subgraphs.get(route.subgraph);
    const headers = {
      ...forwardedHeaders(request.headers),
      ...(await options.callers(claims).headers()),
      [REQUEST_ID_HEADER]: requestId,
    };
    const target = new URL(url.pathname + url.search, subgraph.url);
    await relay({ request, response, target, headers, subgraph: subgraph.name });
    linger(request);
    return true;
  };
}
