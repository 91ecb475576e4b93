/** The two media types of a GraphQL answer over HTTP. */
export const RESPONSE_TYPE = 'application/graphql-response+json; charset=utf-8';
export const LEGACY_TYPE = 'application/json; charset=utf-8';

/**
 * Chooses the media type of an answer. A client that names none gets JSON. One that takes nothing but
 * `application/json` is an older one, which reads an answer to an operation that was not run only with status 200.
 */
export function negotiate(accept: string | undefined): { type: string; legacy: boolean } {
  if (accept === undefined || accept === '*/*') return { type: LEGACY_TYPE, legacy: false };
  const named = accept.split(',').map((part) => part.split(';', 1)[0]?.trim().toLowerCase());
  if (named.includes('application/graphql-response+json')) return { type: RESPONSE_TYPE, legacy: false };
  const legacy = named.includes('application/json') && !named.includes('*/*') && !named.includes('application/*');
  return { type: LEGACY_TYPE, legacy };
}

/** Whether a request's body is JSON in an encoding that can be read. */
export function isJson(contentType: string | undefined): boolean {
  if (contentType === 'application/json') return true;
  const [type, ...parameters] = (contentType ?? '').toLowerCase().split(';');
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith('charset='));
  return type?.trim() === 'application/json' && (charset === undefined || /^charset="?utf-?8"?$/.test(charset));
}
