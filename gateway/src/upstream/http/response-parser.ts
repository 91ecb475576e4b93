import { BodyBuffer } from './body-buffer.ts';
import { ExchangeError } from './errors.ts';
import { type ResponseHead, readHead } from './response-head.ts';

type State = 'head' | 'length' | 'until-close' | 'chunk-size' | 'chunk-data' | 'chunk-end' | 'trailers' | 'done';

const MAX_HEAD_BYTES = 64 * 1024;
const MAX_CHUNK_LINE_BYTES = 1024;
const LINE_END = Buffer.from('\r\n');
const HEAD_END = Buffer.from('\r\n\r\n');
const NOTHING = Buffer.alloc(0);

/** Reads one response to a POST from the pieces of a socket, however they are cut. */
export class ResponseParser {
  readonly #body: BodyBuffer;
  #state: State = 'head';
  #head: ResponseHead | undefined;
  /** Of the body, or of the chunk. */
  #missing = 0;
  /** The beginning of a head or line whose end is still to come. */
  #rest: Buffer = NOTHING;
  #surplus = false;

  constructor(maxBodyBytes: number) {
    this.#body = new BodyBuffer(maxBodyBytes);
  }

  get head(): ResponseHead {
    if (!this.#head) throw new Error('The head is still to come.');
    return this.#head;
  }

  /** Whether the server had said anything. */
  get begun(): boolean {
    return this.#head !== undefined || this.#rest.length > 0;
  }

  /** Whether the connection may be used again: both sides agree on where the answer ended. */
  get reusable(): boolean {
    return this.head.keepAlive && this.#framed && !this.#surplus;
  }

  get #framed(): boolean {
    return this.head.chunked || this.head.contentLength !== undefined || hasNoBody(this.head.status);
  }

  /** The body, decoded as UTF-8, and whether it is ASCII. */
  text(): { text: string; ascii: boolean } {
    return this.#body.text();
  }

  /** Takes the next piece; true when the response is complete. Throws ExchangeError `protocol` or `too_large`. */
  read(piece: Buffer): boolean {
    let bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    this.#rest = NOTHING;
    while (this.#state !== 'done' && bytes.length > 0) {
      const used = this.#step(bytes);
      if (used === 0) {
        this.#rest = bytes;
        return false;
      }
      bytes = used === bytes.length ? NOTHING : bytes.subarray(used);
    }
    if (this.#state !== 'done') return false;
    this.#surplus = bytes.length > 0;
    return true;
  }

  /** To be called before the buffer with the last piece is written to again. */
  detach(): void {
    if (this.#rest.length > 0) this.#rest = Buffer.from(this.#rest);
    this.#body.detach(this.#head?.contentLength);
  }

  /** The server closed the connection: true when that ends the body. */
  end(): boolean {
    if (this.#state !== 'until-close') return false;
    this.#state = 'done';
    return true;
  }

  /** Reads what it can; gives the number of bytes that are done with, 0 when it needs more of them. */
  #step(bytes: Buffer): number {
    switch (this.#state) {
      case 'head':
        return this.#readHead(bytes);
      case 'length':
        return this.#readData(bytes, 'done');
      case 'chunk-data':
        return this.#readData(bytes, 'chunk-end');
      case 'until-close':
        this.#body.append(bytes);
        return bytes.length;
      case 'chunk-size':
        return this.#readChunkSize(bytes);
      case 'chunk-end':
        return this.#readChunkEnd(bytes);
      case 'trailers':
        return this.#readTrailer(bytes);
      case 'done':
        return 0;
    }
  }

  #readHead(bytes: Buffer): number {
    const end = bytes.indexOf(HEAD_END);
    if (end === -1 ? bytes.length > MAX_HEAD_BYTES : end > MAX_HEAD_BYTES) throw malformed('a head without end');
    if (end === -1) return 0;
    const head = readHead(bytes.toString('latin1', 0, end));
    if (head.status === 101) throw malformed('another protocol');
    // Interim responses come before the one that counts.
    if (head.status >= 200) this.#begin(head);
    return end + HEAD_END.length;
  }

  #begin(head: ResponseHead): void {
    this.#head = head;
    if (hasNoBody(head.status) || head.contentLength === 0) this.#state = 'done';
    else if (head.chunked) this.#state = 'chunk-size';
    else if (head.contentLength === undefined) this.#state = 'until-close';
    else {
      this.#body.expect(head.contentLength);
      this.#missing = head.contentLength;
      this.#state = 'length';
    }
  }

  #readData(bytes: Buffer, next: State): number {
    const used = Math.min(bytes.length, this.#missing);
    this.#body.append(used === bytes.length ? bytes : bytes.subarray(0, used), this.#head?.contentLength);
    this.#missing -= used;
    if (this.#missing === 0) this.#state = next;
    return used;
  }

  #readChunkSize(bytes: Buffer): number {
    const end = lineEnd(bytes);
    if (end === -1) return 0;
    const size = /^([0-9a-f]{1,12})[\t ]*(?:;|$)/i.exec(bytes.toString('latin1', 0, end))?.[1];
    if (size === undefined) throw malformed('a chunk without size');
    this.#missing = Number.parseInt(size, 16);
    this.#body.expect(this.#body.size + this.#missing);
    this.#state = this.#missing === 0 ? 'trailers' : 'chunk-data';
    return end + LINE_END.length;
  }

  #readChunkEnd(bytes: Buffer): number {
    if (bytes.length < LINE_END.length) return 0;
    if (bytes[0] !== LINE_END[0] || bytes[1] !== LINE_END[1]) throw malformed('a chunk longer than its size');
    this.#state = 'chunk-size';
    return LINE_END.length;
  }

  #readTrailer(bytes: Buffer): number {
    const end = lineEnd(bytes);
    if (end === -1) return 0;
    if (end === 0) this.#state = 'done';
    return end + LINE_END.length;
  }
}

function lineEnd(bytes: Buffer): number {
  const end = bytes.indexOf(LINE_END);
  if (end === -1 ? bytes.length > MAX_CHUNK_LINE_BYTES : end > MAX_CHUNK_LINE_BYTES) throw malformed('an endless line');
  return end;
}

function hasNoBody(status: number): boolean {
  return status === 204 || status === 304;
}

function malformed(what: string): ExchangeError {
  return new ExchangeError('protocol', `The answer is not HTTP/1.1: ${what}.`);
}
