import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Database } from '@colloquy/database';
import { createIdentitySigner, createLog, IDENTITY_HEADER } from '@colloquy/service';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { testStores } from '../../../../tests/support/stores.ts';
import { serveArchive } from '../../src/server.ts';

const SECRET = 'the gateway and its subgraphs share this secret';

/** Claims as the gateway verified them. */
export type Claims = Record<string, unknown>;
export const claims = (tenant: string, role = 'STANDARD'): Claims => ({ sub: `${tenant}-${role}`, tenant, role });

export interface Answer {
  // The shape of the data is the query's.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  data?: any;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
}

/** The subgraph as it is deployed, over a database and an object store of its own. */
export interface TestArchive {
  database: Database;
  testDatabase: TestDatabase;
  url: string;
  /** Folder of the object store. */
  objects: string;
  ask(who: Claims, query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Headers of a request on behalf of somebody. */
  headers(who: Claims): Promise<Record<string, string>>;
  token(who: Claims): Promise<string>;
  close(): Promise<void>;
}

export interface TestArchiveSettings {
  maxArchiveBytes?: number;
  /** Where the subgraph finds a store, given its real address. */
  postgresUrl?(real: string): string;
  redisUrl?(real: string): string;
}

export async function startArchive(settings: TestArchiveSettings = {}): Promise<TestArchive> {
  const testDatabase = await createTestDatabase();
  const objects = await mkdtemp(join(tmpdir(), 'colloquy-archive-'));
  const service = await serveArchive(
    {
      HOST: '127.0.0.1',
      PORT: 0,
      METRICS_PORT: 0,
      LOG_LEVEL: 'silent',
      IDENTITY_SECRET: SECRET,
      NODE_ENV: 'test',
      DATABASE_URL: settings.postgresUrl?.(testDatabase.url) ?? testDatabase.url,
      REDIS_URL: settings.redisUrl?.(testStores().redis.url) ?? testStores().redis.url,
      OBJECT_STORE_URL: pathToFileURL(objects).href,
      MAX_ARCHIVE_BYTES: settings.maxArchiveBytes ?? 1_000_000,
    },
    createLog({ name: 'archive', level: 'silent' }),
  );
  const signer = createIdentitySigner(SECRET);
  const token = (who: Claims) => signer.sign({ subject: String(who.sub), claims: who });
  const headers = async (who: Claims) => ({ [IDENTITY_HEADER]: await token(who) });
  return {
    database: testDatabase.open(),
    testDatabase,
    url: service.url,
    objects,
    token,
    headers,
    async ask(who, query, variables = {}) {
      const response = await fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(await headers(who)) },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    },
    async close() {
      await service.close();
      await testDatabase.drop();
      await rm(objects, { recursive: true, force: true });
    },
  };
}
