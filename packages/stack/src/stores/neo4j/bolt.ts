import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import { StackError } from '../../errors.ts';
import { packMessage, stringsIn } from './packstream.ts';

const TIMEOUT_MS = 3_000;
const HELLO = 0x01;
const LOGON = 0x6a;
const RUN = 0x10;
const PULL = 0x3f;
const GOODBYE = 0x02;
const SUCCESS = 0x70;
const RECORD = 0x71;

/** Bolt's magic number, then four proposals: 5.4 down to 5.1 (servers since 5.5), and nothing else. */
const HANDSHAKE = Buffer.from([0x60, 0x60, 0xb0, 0x17, 0, 3, 4, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

export interface BoltLogin {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

/** Logs in to Neo4j, runs `RETURN 1`, and returns the server's version. Throws what it answered otherwise. */
export async function askNeo4j(login: BoltLogin): Promise<string | null> {
  const socket = open(login.url);
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new StackError('UNHEALTHY', 'Neo4j does not answer.')));
  try {
    const receive = reader(socket);
    socket.write(HANDSHAKE);
    const agreed = await receive(4);
    if (agreed.readUInt32BE() === 0) throw new StackError('UNHEALTHY', 'Neo4j speaks none of Bolt 5.1 to 5.4.');
    const agent = 'colloquy-stack/1';
    const hello = await ask(socket, receive, HELLO, [{ user_agent: agent, bolt_agent: { product: agent } }]);
    await ask(socket, receive, LOGON, [{ scheme: 'basic', principal: login.user, credentials: login.password }]);
    await ask(socket, receive, RUN, ['RETURN 1', {}, {}]);
    await ask(socket, receive, PULL, [{ n: -1 }]);
    send(socket, GOODBYE, []);
    return (
      stringsIn(hello)
        .find((text) => text.startsWith('Neo4j/'))
        ?.slice('Neo4j/'.length) ?? null
    );
  } finally {
    socket.destroy();
  }
}

type Receive = (bytes: number) => Promise<Buffer>;

function open(url: string): Socket {
  const { protocol, hostname, port } = new URL(url);
  const target = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 7687) };
  if (protocol === 'bolt+s:' || protocol === 'neo4j+s:') return connectSecure({ ...target, servername: target.host });
  if (protocol.endsWith('+ssc:'))
    return connectSecure({ ...target, servername: target.host, rejectUnauthorized: false });
  return connectPlain(target);
}

/** Sends one message and returns the SUCCESS that answers it, skipping records. */
async function ask(
  socket: Socket,
  receive: Receive,
  tag: number,
  fields: Parameters<typeof packMessage>[1],
): Promise<Buffer> {
  send(socket, tag, fields);
  for (;;) {
    const answer = await receiveMessage(receive);
    if (answer[1] === RECORD) continue;
    if (answer[1] === SUCCESS) return answer;
    throw new StackError('UNHEALTHY', `Neo4j answered: ${stringsIn(answer).join(' ')}`);
  }
}

function send(socket: Socket, tag: number, fields: Parameters<typeof packMessage>[1]): void {
  const message = packMessage(tag, fields);
  const size = Buffer.alloc(2);
  size.writeUInt16BE(message.length);
  socket.write(Buffer.concat([size, message, Buffer.alloc(2)]));
}

/** A message is a row of chunks, each after its size; a chunk of size zero ends it, or is a sign of life before it. */
async function receiveMessage(receive: Receive): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (;;) {
    const size = (await receive(2)).readUInt16BE();
    if (size > 0) chunks.push(await receive(size));
    else if (chunks.length > 0) return Buffer.concat(chunks);
  }
}

function reader(socket: Socket): Receive {
  const stream = socket.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer, undefined>;
  let kept = Buffer.alloc(0);
  return async (bytes) => {
    while (kept.length < bytes) {
      const { value, done } = await stream.next();
      if (done || value === undefined) throw new StackError('UNHEALTHY', 'Neo4j closed the connection.');
      kept = Buffer.concat([kept, value]);
    }
    const taken = kept.subarray(0, bytes);
    kept = kept.subarray(bytes);
    return taken;
  };
}
