import { createServer, type Server, type Socket } from 'node:net';
import { type GraphQLSchema, graphql } from 'graphql';
import { type HttpMessage, HttpMessageReader } from '../http-message.ts';

/** What `GET /` says: requests since the start, and how many of them had to be executed. */
export interface SubgraphCounts {
  requests: number;
  executed: number;
}

/** More different bodies than any gateway sends for two queries; with more of them the subgraphs would be measured. */
const MOST_BODIES = 5000;

/**
 * Serves every schema at `/<name>`. A body that was seen before is answered from a map with the bytes of its first
 * answer, so the subgraphs are never what limits a gateway.
 */
export function createSubgraphServer(schemas: Readonly<Record<string, GraphQLSchema>>): Server {
  const answers = new Map<string, Promise<Buffer> | Buffer>();
  const counts: SubgraphCounts = { requests: 0, executed: 0 };

  function find({ head, body }: HttpMessage): Promise<Buffer> | Buffer {
    const path = head.slice(head.indexOf(' ') + 1, head.indexOf(' HTTP/'));
    if (body.length === 0) return response(JSON.stringify(counts));
    counts.requests++;
    const key = path + body.toString('latin1');
    const known = answers.get(key);
    if (known !== undefined) return known;
    if (answers.size === MOST_BODIES) throw new Error(`A gateway sends ever new bodies, such as ${body}`);
    counts.executed++;
    const executing = execute(schemas[path.slice(1)], body.toString());
    answers.set(key, executing);
    executing.then(
      (bytes) => answers.set(key, bytes),
      () => answers.delete(key),
    );
    return executing;
  }

  return createServer({ noDelay: true }, (socket) => {
    let last: Promise<void> | undefined;
    const reader = new HttpMessageReader((message) => {
      const answer = find(message);
      if (last === undefined && answer instanceof Buffer) socket.write(answer);
      else {
        const turn: Promise<void> = writeAfter(last, answer, socket).then(() => {
          if (last === turn) last = undefined;
        });
        last = turn;
      }
    });
    socket.on('data', (chunk: Buffer) => reader.push(chunk));
    // A gateway that is stopped cuts its connections.
    socket.on('error', () => socket.destroy());
  });
}

/** Answers leave in the order of their requests. */
async function writeAfter(
  last: Promise<void> | undefined,
  answer: Promise<Buffer> | Buffer,
  socket: Socket,
): Promise<void> {
  await last;
  try {
    socket.write(await answer);
  } catch (error) {
    console.error(error);
    socket.destroy();
  }
}

async function execute(schema: GraphQLSchema | undefined, body: string): Promise<Buffer> {
  if (schema === undefined) throw new Error('There is no such subgraph.');
  const { query, variables, operationName } = JSON.parse(body) as {
    query: string;
    variables?: Record<string, unknown>;
    operationName?: string;
  };
  const result = await graphql({ schema, source: query, variableValues: variables, operationName });
  return response(JSON.stringify(result));
}

function response(json: string): Buffer {
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(json)}\r\n\r\n`;
  return Buffer.from(head + json);
}
