import { ExchangeError } from './errors.ts';

/** What the head of a response says of the status, of the body's framing and of the connection. */
export interface ResponseHead {
  status: number;
  /** Absent when the end of the body is told in another way. */
  contentLength: number | undefined;
  chunked: boolean;
  keepAlive: boolean;
  /** For how long the server keeps the connection when it is idle, where it says so. */
  idleSeconds: number | undefined;
}

/**
 * Reads a head without the empty line at its end (RFC 9112). Strict: framing that two readers could understand in two
 * ways is refused, as what follows would be taken for another answer. Throws ExchangeError `protocol`.
 */
export function readHead(text: string): ResponseHead {
  const firstEnd = text.indexOf('\r\n');
  const head = readStatusLine(firstEnd === -1 ? text : text.slice(0, firstEnd));
  for (let at = firstEnd; at !== -1; ) {
    const from = at + 2;
    at = text.indexOf('\r\n', from);
    readField(head, text, from, at === -1 ? text.length : at);
  }
  if (head.chunked && head.contentLength !== undefined) throw malformed('two framings');
  return head;
}

function readStatusLine(line: string): ResponseHead {
  const parts = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: |$)/.exec(line);
  if (!parts) throw malformed('no status line');
  return {
    status: Number(parts[2]),
    contentLength: undefined,
    chunked: false,
    keepAlive: parts[1] === '1',
    idleSeconds: undefined,
  };
}

function readField(head: ResponseHead, text: string, from: number, to: number): void {
  const colon = text.indexOf(':', from);
  if (colon <= from || colon >= to) throw malformed('a line that is no field');
  const first = text.charCodeAt(from);
  if (first === SPACE || first === TAB) throw malformed('a folded field');
  switch (colon - from) {
    case 'connection'.length: {
      const name = text.slice(from, colon).toLowerCase();
      if (name === 'connection') readConnection(head, text.slice(colon + 1, to));
      else if (name === 'keep-alive') head.idleSeconds = readIdleSeconds(text.slice(colon + 1, to));
      return;
    }
    case 'content-length'.length:
      if (text.slice(from, colon).toLowerCase() === 'content-length') readLength(head, text.slice(colon + 1, to));
      return;
    case 'transfer-encoding'.length:
      if (text.slice(from, colon).toLowerCase() === 'transfer-encoding') readCoding(head, text.slice(colon + 1, to));
      return;
  }
}

function readConnection(head: ResponseHead, value: string): void {
  for (const option of value.toLowerCase().split(',')) {
    if (option.trim() === 'close') head.keepAlive = false;
  }
}

function readIdleSeconds(value: string): number | undefined {
  const found = /\btimeout=(\d{1,6})\b/i.exec(value)?.[1];
  return found === undefined ? undefined : Number(found);
}

function readLength(head: ResponseHead, value: string): void {
  const digits = value.trim();
  const length = /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
  if (length === undefined || (head.contentLength !== undefined && head.contentLength !== length)) {
    throw malformed('a content-length that is none');
  }
  head.contentLength = length;
}

function readCoding(head: ResponseHead, value: string): void {
  if (head.chunked || value.trim().toLowerCase() !== 'chunked')
    throw malformed('a transfer coding that was not asked for');
  head.chunked = true;
}

const SPACE = 32;
const TAB = 9;

function malformed(what: string): ExchangeError {
  return new ExchangeError('protocol', `The answer is not HTTP/1.1: ${what}.`);
}
