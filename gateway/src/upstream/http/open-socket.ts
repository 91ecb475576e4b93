import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/**
 * What all plain sockets read into: a read and the handling of what was read are one turn, so none of them sees what
 * another one got. A buffer for every read would be most of the memory that an answer takes.
 */
const PIECE = Buffer.allocUnsafeSlow(256 * 1024);

export const isSecure = (url: URL): boolean => url.protocol === 'https:';

/** Opens a socket to an address; `receive` may use a piece only until it returns. */
export function openSocket(url: URL): (receive: (piece: Buffer) => void) => Socket {
  // An IPv6 address stands in brackets in an URL only.
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (isSecure(url)) {
    const options = { host, port: Number(url.port || 443), ...(isIP(host) === 0 && { servername: host }) };
    return (receive) => connectTls({ ...options, ALPNProtocols: ['http/1.1'] }).on('data', receive);
  }
  const port = Number(url.port || 80);
  return (receive) => {
    const callback = (size: number, piece: Uint8Array) => {
      receive((piece as Buffer).subarray(0, size));
      return true;
    };
    return connectPlain({ host, port, onread: { buffer: PIECE, callback } });
  };
}
