/** Headers about one connection or message body, or that the gateway says itself: no rule can forward or set them. */
const NEVER: ReadonlySet<string> = new Set([
  'accept',
  'accept-charset',
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-request-id',
]);

const NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
/** A line break would end the field and begin another (RFC 9110, 5.5). */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Whether a rule may forward or set a header; the name is in lower case. */
export function isForwardable(name: string): boolean {
  return NAME.test(name) && !NEVER.has(name) && !name.startsWith('sec-websocket-');
}

/** Whether a header's value can be sent. */
export function isHeaderValue(value: string): boolean {
  return VALUE.test(value);
}
