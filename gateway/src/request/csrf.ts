import type { IncomingHttpHeaders } from 'node:http';

/** Any of these, not empty, tells that a page was allowed to send the request; no form and no plain link can add one. */
export const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name'] as const;

/** The content types that a browser sends for any page without asking the server first. */
const SIMPLE_CONTENT_TYPES = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']);

/**
 * Whether a browser would have asked first (CORS preflight) before it sent a request with these headers. One that it
 * would send for any page must not run an operation.
 */
export function isPreflighted(headers: IncomingHttpHeaders): boolean {
  const contentType = headers['content-type'];
  if (contentType !== undefined && !isSimple(contentType)) return true;
  return PREFLIGHT_HEADERS.some((name) => headers[name] !== undefined && headers[name] !== '');
}

/** A type that cannot be read counts as simple: a browser decides by its own reading. */
function isSimple(contentType: string): boolean {
  const end = contentType.indexOf(';');
  const essence = (end < 0 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
  return SIMPLE_CONTENT_TYPES.has(essence) || !/^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+$/.test(essence);
}
