import { once } from 'node:events';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import { StackError } from '../../errors.ts';

const TIMEOUT_MS = 3_000;

/** Asks a Redis server PING, after logging in, and returns its version. Throws what it answered otherwise. */
export async function pingRedis(url: string): Promise<string | null> {
  const { protocol, hostname, port, username, password } = new URL(url);
  const target = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 6379) };
  const socket = protocol === 'rediss:' ? connectSecure({ ...target, servername: target.host }) : connectPlain(target);
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new StackError('UNHEALTHY', 'Redis does not answer.')));
  const login = password === '' ? [] : [username, password].filter((part) => part !== '').map(decodeURIComponent);
  const commands = [...(login.length > 0 ? [['AUTH', ...login]] : []), ['PING'], ['INFO', 'server'], ['QUIT']];
  try {
    return readAnswer(await converse(socket, commands.map(encode).join('')));
  } finally {
    socket.destroy();
  }
}

function encode(command: readonly string[]): string {
  const parts = command.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`);
  return `*${command.length}\r\n${parts.join('')}`;
}

async function converse(socket: Socket, question: string): Promise<string> {
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    answer += chunk;
  });
  socket.write(question);
  await once(socket, 'end');
  return answer;
}

function readAnswer(answer: string): string | null {
  const fault = answer.split('\r\n').find((line) => line.startsWith('-'));
  if (fault !== undefined) throw new StackError('UNHEALTHY', `Redis answered ${fault.slice(1)}`);
  if (!answer.includes('+PONG')) throw new StackError('UNHEALTHY', 'Redis did not answer PING.');
  return /^(?:redis|valkey)_version:(\S+)/m.exec(answer)?.[1] ?? null;
}
