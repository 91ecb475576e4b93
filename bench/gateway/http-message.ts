/** One HTTP/1.1 message: a request at the server, a response at the client. */
export interface HttpMessage {
  /** First line and headers, without the empty line. */
  head: string;
  body: Buffer;
}

const END_OF_HEAD = Buffer.from('\r\n\r\n');

/**
 * Cuts a connection's bytes into messages. Both ends of the benchmark share it, because on the core that they share a
 * general HTTP library would be the bottleneck. Messages without a length have no body.
 */
export class HttpMessageReader {
  #chunks: Buffer[] = [];
  #size = 0;
  /** Bytes without which it makes no sense to look again. */
  #needed = 1;
  readonly #deliver: (message: HttpMessage) => void;

  constructor(deliver: (message: HttpMessage) => void) {
    this.#deliver = deliver;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    while (this.#size >= this.#needed) {
      const bytes = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks, this.#size);
      const found = readMessage(bytes);
      if (typeof found === 'number') {
        this.#keep(bytes, found);
        return;
      }
      this.#keep(bytes.subarray(found.end), 1);
      this.#deliver(found);
    }
  }

  #keep(bytes: Buffer, needed: number): void {
    this.#chunks = bytes.length === 0 ? [] : [bytes];
    this.#size = bytes.length;
    this.#needed = needed;
  }
}

/** The first message and where it ends, or how many bytes are needed at least to have one. */
function readMessage(bytes: Buffer): (HttpMessage & { end: number }) | number {
  const headEnd = bytes.indexOf(END_OF_HEAD);
  if (headEnd === -1) return bytes.length + 1;
  const head = bytes.toString('latin1', 0, headEnd);
  const start = headEnd + END_OF_HEAD.length;
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined) {
    return /\r\ntransfer-encoding: *chunked/i.test(head)
      ? readChunked(bytes, head, start)
      : { head, body: bytes.subarray(start, start), end: start };
  }
  const end = start + Number(length);
  return bytes.length < end ? end : { head, body: bytes.subarray(start, end), end };
}

function readChunked(bytes: Buffer, head: string, start: number): (HttpMessage & { end: number }) | number {
  const parts: Buffer[] = [];
  for (let at = start; ; ) {
    const line = bytes.indexOf('\r\n', at);
    if (line === -1) return bytes.length + 1;
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    const next = line + 2 + size + 2;
    if (bytes.length < next) return next;
    if (size === 0) return { head, body: parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts), end: next };
    parts.push(bytes.subarray(line + 2, line + 2 + size));
    at = next;
  }
}
