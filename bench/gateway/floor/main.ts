import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { answerDeep } from './deep.ts';
import { createFetch } from './fetch.ts';
import { answerSmall } from './small.ts';

/*
 * node bench/gateway/floor/main.ts --services FILE --port N
 *
 * HTTP, JSON and the fetches of the two queries, and nothing of a gateway: no parsing, planning, checking or error
 * handling.
 */
const { values } = parseArgs({ options: { services: { type: 'string' }, port: { type: 'string' } } });
const fetch = createFetch(values.services ?? '');

async function answer(query: string): Promise<string> {
  if (query.includes('users')) return answerDeep(fetch);
  return query.includes('topProducts') ? answerSmall(fetch) : '{"data":{"__typename":"Query"}}';
}

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', async () => {
    const { query } = JSON.parse(Buffer.concat(chunks).toString()) as { query: string };
    const body = Buffer.from(await answer(query));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  });
}).listen(Number(values.port), '127.0.0.1');
