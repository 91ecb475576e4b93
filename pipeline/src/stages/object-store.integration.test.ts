import { createHash } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
  cancelSession,
  completeUpload,
  createUpload,
  createViewerRegistry,
  type Database,
  inTenant,
  openBell,
  startSession,
  type TenantScope,
} from '@colloquy/database';
import { platformUuid, viewerFromClaims } from '@colloquy/domain';
import { openGraph } from '@colloquy/graph';
import { type ObjectStore, openObjectStore } from '@colloquy/objects';
import { createLog } from '@colloquy/service';
import { openVectorIndex } from '@colloquy/vectors';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createBucket } from '../../../packages/objects/src/testing/bucket.ts';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { generateExport } from '../../../tests/support/generated-export.ts';
import { startTestS3Server } from '../../../tests/support/s3-server.ts';
import { testStores } from '../../../tests/support/stores.ts';
import type { PipelineContext } from '../context.ts';
import { runStage } from './run-stage.ts';

const root = mkdtempSync(join(tmpdir(), 'colloquy-parse-'));
const folder = join(root, 'objects');
let testDatabase: TestDatabase;
let database: Database;
let objects: ObjectStore;
let context: PipelineContext;
let scope: TenantScope & { userId: string };
let close: () => Promise<unknown>;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = testDatabase.open();
  objects = openObjectStore(pathToFileURL(folder).href);
  const { redis, neo4j, weaviate } = testStores();
  const log = createLog({ name: 'test', level: 'silent' });
  const bell = openBell(redis.url, () => undefined);
  const graph = openGraph({ ...neo4j, log });
  const vectors = openVectorIndex({ ...weaviate, apiKey: weaviate.apiKey });
  const never = () => Promise.reject(new Error('Parsing embeds nothing.'));
  context = { database, bell, objects, graph, vectors, embedding: { embedder: never, version: never }, log };
  scope = await createViewerRegistry(database)(viewerFromClaims({ sub: 'u', tenant: 'objects', role: 'STANDARD' }));
  close = () => Promise.all([graph.close(), vectors.close()]).then(() => bell.close());
}, 60_000);
afterAll(async () => {
  await close();
  await testDatabase.drop();
  rmSync(root, { recursive: true, force: true });
});

/** An archive with its bytes in the object store, and its session. */
async function start(
  seed: number,
  into = objects,
  json = generateExport({ conversations: 2, turns: 2, seed }).json,
): Promise<{ sessionId: string; objectKey: string }> {
  const sha256 = createHash('sha256').update(json).digest('hex');
  const objectKey = `archives/${seed}`;
  await into.write(objectKey, Readable.from([Buffer.from(json)]));
  return inTenant(database, scope, async (client) => {
    const { userId } = scope;
    const byteSize = Buffer.byteLength(json);
    const { archiveId } = await createUpload(client, { fileName: 'conversations.json', byteSize, sha256, userId });
    await completeUpload(client, { archiveId, sha256, objectKey });
    const platformId = platformUuid('chatgpt');
    const { sessionId } = await startSession(client, { archiveId, platformId, format: 'chatgpt-json', userId });
    return { sessionId, objectKey };
  });
}

async function parseStage(sessionId: string, from = objects, signal = new AbortController().signal) {
  await runStage({ ...context, objects: from }, { tenantId: scope.tenantId, sessionId, stage: 'PARSE' }, signal);
  return inTenant(database, scope, async (client) => {
    const { rows } = await client.query(
      `SELECT s.status, s.error_code AS code, s.error_message AS message, t.waiting_for AS waiting, t.failures,
              t.finished_at IS NOT NULL AS finished
       FROM intelligence.extraction_sessions s
       JOIN intelligence.session_stages t ON t.tenant_id = s.tenant_id AND t.session_id = s.id AND t.stage = 'PARSE'
       WHERE s.id = $1`,
      [sessionId],
    );
    return rows[0];
  });
}

test('a session waits for an object store that is away, however long, and goes on when it is back', async () => {
  const { sessionId } = await start(1);
  renameSync(folder, `${folder}-away`);
  for (let attempt = 0; attempt < 8; attempt += 1) {
    expect(await parseStage(sessionId)).toMatchObject({
      waiting: 'object store: The object store lost its folder (ENOENT).',
      code: null,
      failures: 0,
      finished: false,
    });
  }
  renameSync(`${folder}-away`, folder);
  expect(await parseStage(sessionId)).toMatchObject({ waiting: null, code: null, finished: true });
});

test('a session whose bytes are gone fails at once and says what to do', async () => {
  const { sessionId, objectKey } = await start(2);
  renameSync(join(folder, objectKey), join(root, 'kept'));
  expect(await parseStage(sessionId)).toMatchObject({
    status: 'FAILED',
    code: 'OBJECT_NOT_FOUND',
    message: expect.stringContaining('Restore them'),
  });
});

test('a session whose bytes lie in S3 waits while the server is frozen, and goes on by itself', async () => {
  const s3 = await startTestS3Server();
  try {
    const store = (await createBucket(s3.server)).open('archives', { silenceMs: 500 });
    const { sessionId } = await start(3, store);
    s3.signal('SIGSTOP');
    expect(await parseStage(sessionId, store)).toMatchObject({
      waiting: 'object store: The object store does not answer (TimeoutError).',
      code: null,
      failures: 0,
      finished: false,
    });
    s3.signal('SIGCONT');
    expect(await parseStage(sessionId, store)).toMatchObject({ waiting: null, code: null, finished: true });
  } finally {
    await s3.remove();
  }
});

describe('a survey that takes long', () => {
  /** Twice of what recognising a format looks at. */
  const LARGE = 8 * 1024 * 1024;
  const large = () => generateExport({ conversations: 2, turns: 2, seed: 4 }).json + ' '.repeat(LARGE);

  /** The store, which gives an object in small pieces and takes its time; `whole` counts what was read to its end. */
  function slow(onFirstPiece: () => Promise<unknown>) {
    const read = { pieces: 0, whole: 0 };
    async function* pieces(key: string, range?: { start: number; end: number }) {
      for await (const chunk of objects.read(key, range)) {
        for (let at = 0; at < chunk.length; at += 65_536) {
          if (read.pieces++ === 0) await onFirstPiece();
          await delay(20);
          yield chunk.subarray(at, at + 65_536);
        }
      }
      if (range === undefined || range.end > LARGE) read.whole++;
    }
    return { read, store: { ...objects, read: pieces } };
  }

  test('ends soon after its session was cancelled', async () => {
    const { sessionId } = await start(4, objects, large());
    const { read, store } = slow(() => inTenant(database, scope, (client) => cancelSession(client, sessionId)));
    expect(await parseStage(sessionId, store)).toMatchObject({ status: 'CANCELLED', finished: false, failures: 0 });
    expect(read.whole).toBe(0);
  });

  test('is handed to the next process when this one stops', async () => {
    const { sessionId } = await start(5, objects, `${large()} `);
    const stopping = new AbortController();
    const { read, store } = slow(async () => stopping.abort());
    expect(await parseStage(sessionId, store, stopping.signal)).toMatchObject({ finished: false, failures: 0 });
    expect(read.whole).toBe(0);
    expect(await parseStage(sessionId)).toMatchObject({ finished: true });
  });
});
