import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createEmbedder } from '../create.ts';
import { EmbedderUnavailableError, EmbeddingFailedError } from '../errors.ts';

interface Request {
  readonly authorization: string | undefined;
  readonly input: readonly string[];
}
type Answer = { status: number; body: unknown; headers?: Record<string, string> };

let server: Server | null = null;
afterEach(() => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())));

/** A service of our own that speaks the protocol over real HTTP. */
async function serve(answer: (request: Request) => Answer): Promise<string> {
  server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { input } = JSON.parse(Buffer.concat(parts).toString()) as { input: string[] };
    const { status, body, headers = {} } = answer({ authorization: request.headers.authorization, input });
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`;
}

/** One vector per text that tells its length, given back in reverse order. */
const vectors = (input: readonly string[]): Answer => ({
  status: 200,
  body: { data: input.map((text, index) => ({ index, embedding: [text.length, 3, 0] })).reverse() },
});

describe('an OpenAI-compatible endpoint', () => {
  test('answers in order, in batches, with unit vectors, and learns the number of dimensions', async () => {
    const seen: Request[] = [];
    const url = await serve((request) => {
      seen.push(request);
      return vectors(request.input);
    });
    const embedder = await createEmbedder({ kind: 'http', model: 'Text Model/3', url, apiKey: 'secret' });
    expect(embedder.version).toMatchObject({ id: 'http-text-model-3-3.1', dimensions: 3 });
    const result = await embedder.embed([...Array.from({ length: 150 }, (_, index) => 'x'.repeat(index + 1)), 'xxxx']);
    expect(result[3]).toEqual(Float32Array.of(0.8, 0.6, 0));
    expect(result[150]).toEqual(result[3]);
    expect(seen.map(({ input }) => input.length)).toEqual([1, 64, 64, 22]);
    expect(seen.every(({ authorization }) => authorization === 'Bearer secret')).toBe(true);
  });

  test('is asked again when it is overloaded', async () => {
    let requests = 0;
    const url = await serve(({ input }) =>
      ++requests === 2 ? { status: 429, body: 'slow down', headers: { 'retry-after': '0' } } : vectors(input),
    );
    const embedder = await createEmbedder({ kind: 'http', model: 'm', url });
    expect(await embedder.embed(['text'])).toHaveLength(1);
    expect(requests).toBe(3);
  });

  test('that refuses is not asked again, and its words are passed on', async () => {
    let requests = 0;
    const url = await serve(() => ({ status: ++requests && 401, body: { error: 'no such key' } }));
    const refused = createEmbedder({ kind: 'http', model: 'm', url });
    await expect(refused).rejects.toThrow(EmbedderUnavailableError);
    await expect(refused).rejects.toThrow(/401.*no such key/);
    expect(requests).toBe(1);
  });

  test('that answers too few vectors, or others than before, fails', async () => {
    let answer: (input: readonly string[]) => Answer = vectors;
    const url = await serve(({ input }) => answer(input));
    const embedder = await createEmbedder({ kind: 'http', model: 'm', url });
    answer = () => ({ status: 200, body: { data: [] } });
    await expect(embedder.embed(['a'])).rejects.toThrow(EmbeddingFailedError);
    answer = () => ({ status: 200, body: { data: [{ index: 0, embedding: [1, 2] }] } });
    await expect(embedder.embed(['a'])).rejects.toThrow('Expected a vector of 3 numbers, got 2.');
  });
});
