import { isHeaderValue } from '../header-names.ts';

/** The lines of a request's head that are the same for every request to one address. */
export function fixedHead(url: URL): string {
  return [
    `POST ${url.pathname}${url.search} HTTP/1.1`,
    `host: ${url.host}`,
    'connection: keep-alive',
    'content-type: application/json',
    'accept: application/graphql-response+json, application/json',
    '',
  ].join('\r\n');
}

const BEYOND_ASCII = /[\x80-\xff]/;

/** A whole request, ready to be written to a socket. */
export interface RequestBytes {
  readonly bytes: string | Buffer;
  /** Of a string. */
  readonly encoding: 'latin1' | 'utf8';
}

/**
 * The head is sent as Latin-1 and the body as UTF-8; what is plain ASCII, as nearly all are, is both and is copied as it
 * is. Throws a TypeError for a header that cannot be sent.
 */
export function writeRequest(fixed: string, headers: Readonly<Record<string, string>>, body: string): RequestBytes {
  let head = fixed;
  let asciiHead = true;
  for (const name in headers) {
    const value = headers[name] as string;
    if (!isHeaderValue(value)) throw new TypeError(`The header ${name} has a character that no header may have.`);
    if (BEYOND_ASCII.test(value)) asciiHead = false;
    head += `${name}: ${value}\r\n`;
  }
  const length = Buffer.byteLength(body);
  head += `content-length: ${length}\r\n\r\n`;
  if (length === body.length) return { bytes: head + body, encoding: 'latin1' };
  const bytes = asciiHead ? head + body : Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)]);
  return { bytes, encoding: 'utf8' };
}
