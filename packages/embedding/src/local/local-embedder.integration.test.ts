import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testStores } from '../../../../tests/support/stores.ts';
import { createEmbedder } from '../create.ts';
import type { Embedder } from '../embedder.ts';
import { EmbedderUnavailableError, EmbeddingFailedError } from '../errors.ts';

const MODEL = 'all-MiniLM-L6-v2';
const { models } = testStores();
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, axis) => sum + value * (b[axis] ?? 0), 0);

describe('a local model', () => {
  let embedder: Embedder;
  beforeAll(async () => {
    embedder = await createEmbedder({ kind: 'local', model: MODEL, modelFolder: models, threads: 2 });
  });
  afterAll(() => embedder.close());

  test('holds sentences of like meaning to be nearer than others', async () => {
    const [question, answer, other] = await embedder.embed([
      'Which database did we choose?',
      'We settled on PostgreSQL to store everything.',
      'My dog likes to swim in the lake.',
    ]);
    expect(question).toHaveLength(embedder.version.dimensions);
    expect(dot(question!, question!)).toBeCloseTo(1, 5);
    expect(dot(question!, answer!)).toBeGreaterThan(dot(question!, other!) + 0.2);
  });

  test('gives a text the same vector, bit for bit, in any company', async () => {
    const text = 'The importer reads archives of several hundred megabytes.';
    const [alone] = await embedder.embed([text]);
    const company = Array.from({ length: 40 }, (_, index) => 'word '.repeat(1 + ((index * 13) % 120)) + index);
    const together = await embedder.embed([...company, text, text]);
    expect(together[40]).toEqual(alone);
    expect(together[41]).toEqual(alone);
    expect(await embedder.embedQuery(text)).toEqual(alone);
  });

  test('divides a long text into windows that it can take whole', async () => {
    const text = Array.from({ length: 400 }, (_, index) => `Sentence ${index} says something new.`).join(' ');
    const chunks = embedder.chunk(text);
    expect(chunks.length).toBeGreaterThan(5);
    const last = chunks[0]!.text.lastIndexOf('new.');
    const [whole, cut] = await embedder.embed([chunks[0]!.text, `${chunks[0]!.text.slice(0, last)}old.`]);
    // The last word counts, so nothing was cut off before it.
    expect(dot(whole!, cut!)).toBeLessThan(0.99999);
  });

  test('lets the event loop run, and a question go before texts that wait', async () => {
    const order: string[] = [];
    const bulk = embedder
      .embed(Array.from({ length: 200 }, (_, index) => `A text of some length, number ${index}.`))
      .then(() => order.push('texts'));
    const query = embedder.embedQuery('Which one?').then(() => order.push('question'));
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await Promise.all([bulk, query]);
    clearInterval(timer);
    expect(order).toEqual(['question', 'texts']);
    expect(turns).toBeGreaterThan(10);
  });

  test('rejects what waits when it is closed', async () => {
    const closing = await createEmbedder({ kind: 'local', model: MODEL, modelFolder: models, threads: 1 });
    const waiting = closing.embed(Array.from({ length: 100 }, (_, index) => `text ${index}`));
    const outcome = expect(waiting).rejects.toThrow(EmbeddingFailedError);
    await closing.close();
    await outcome;
    await expect(closing.embed(['later'])).rejects.toThrow(EmbeddingFailedError);
  });
});

describe('a model that is not there', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'colloquy-model-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('is unavailable while its files are missing or unfinished, and works when they are whole', async () => {
    const config = { kind: 'local', model: MODEL, modelFolder: folder, threads: 1 } as const;
    await expect(createEmbedder(config)).rejects.toMatchObject({ code: 'EMBEDDER_UNAVAILABLE' });

    await mkdir(join(folder, MODEL));
    await copyFile(join(models, MODEL, 'tokenizer.json'), join(folder, MODEL, 'tokenizer.json'));
    await writeFile(join(folder, MODEL, 'model.onnx'), 'the first half');
    await expect(createEmbedder(config)).rejects.toThrow(EmbedderUnavailableError);

    await copyFile(join(models, MODEL, 'model.onnx'), join(folder, MODEL, 'model.onnx'));
    const embedder = await createEmbedder(config);
    expect(await embedder.embed(['now'])).toHaveLength(1);
    await embedder.close();
  });

  test('and never will be, is an error of the configuration', async () => {
    const unknown = createEmbedder({ kind: 'local', model: 'gpt-9', modelFolder: folder });
    await expect(unknown).rejects.toMatchObject({ code: 'EMBEDDER_CONFIG' });
    await expect(createEmbedder({ kind: 'http', model: 'm' })).rejects.toMatchObject({ code: 'EMBEDDER_CONFIG' });
  });
});
