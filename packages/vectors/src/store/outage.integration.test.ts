import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testStores } from '../../../../tests/support/stores.ts';
import { chunk, newTarget, project } from '../../tests/chunks.ts';
import { FaultyLink } from '../../tests/faulty-link.ts';
import { openVectorIndex, type VectorIndex, VectorStoreUnavailableError } from '../index.ts';

/** The real server behind links that can be cut and frozen. */
describe('Weaviate goes away', () => {
  const target = newTarget();
  const { url, grpcUrl, apiKey } = testStores().weaviate;
  let http: FaultyLink;
  let grpc: FaultyLink;
  let index: VectorIndex;

  beforeAll(async () => {
    http = await FaultyLink.to(url);
    grpc = await FaultyLink.to(grpcUrl);
    index = openVectorIndex({ url: http.url, grpcUrl: grpc.url, apiKey });
    await project(index, target, [chunk({ content: 'We keep one truth.' })]);
    await index.activate(target);
  });
  afterAll(async () => {
    await Promise.all([http.restore(), grpc.restore()]);
    await index.dropTenant(target);
    await index.close();
    await Promise.all([http.cut(), grpc.cut()]);
  });

  const search = () => index.search({ tenantId: target.tenantId, mode: 'KEYWORD', text: 'truth', limit: 1 });

  async function isUnavailableWithin(milliseconds: number): Promise<void> {
    const started = performance.now();
    await expect(search()).rejects.toThrow(VectorStoreUnavailableError);
    expect(performance.now() - started).toBeLessThan(milliseconds);
  }

  /** Weaviate may be busy for a moment with what it missed; nothing but time may be needed. */
  async function isBack(): Promise<void> {
    const deadline = performance.now() + 20_000;
    for (;;) {
      try {
        expect((await search())?.hits).toHaveLength(1);
        return;
      } catch (error) {
        if (!(error instanceof VectorStoreUnavailableError) || performance.now() > deadline) throw error;
      }
    }
  }

  test('killed: unavailable within 6 s, ready() says so, and back without help', async () => {
    expect((await search())?.hits).toHaveLength(1);
    await Promise.all([http.cut(), grpc.cut()]);
    await isUnavailableWithin(6_000);
    await isUnavailableWithin(1_000);
    expect(await index.ready()).toBe(false);
    await expect(index.writeChunks(target, 1, [chunk()])).rejects.toThrow(VectorStoreUnavailableError);
    await Promise.all([http.restore(), grpc.restore()]);
    await isBack();
    expect(await index.ready()).toBe(true);
  }, 60_000);

  test('stopped: unavailable within 6 s, and back without help', async () => {
    expect((await search())?.hits).toHaveLength(1);
    http.freeze();
    grpc.freeze();
    await isUnavailableWithin(6_000);
    await isUnavailableWithin(6_000);
    await Promise.all([http.restore(), grpc.restore()]);
    await isBack();
  }, 60_000);

  test('half away (gRPC alone): unavailable within 6 s, and back without help', async () => {
    expect((await search())?.hits).toHaveLength(1);
    await grpc.cut();
    await isUnavailableWithin(6_000);
    await grpc.restore();
    await isBack();
  }, 60_000);
});
