import type { Step } from './exchange.ts';

const PREFLIGHT_SECONDS = 3600;

/** Lets pages of the listed origins read answers, and answers the question that their browsers ask first. */
export function allowOrigins(origins: readonly string[]): Step {
  return ({ request, response }) => {
    const { origin } = request.headers;
    if (origin === undefined || !origins.includes(origin)) return false;
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-expose-headers', 'x-request-id');
    response.setHeader('vary', 'origin');
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) return false;
    response
      .writeHead(204, {
        'access-control-allow-methods': 'GET, POST, PUT',
        'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '',
        'access-control-max-age': String(PREFLIGHT_SECONDS),
      })
      .end();
    return true;
  };
}
