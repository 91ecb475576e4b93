import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { testStores } from '../../../../tests/support/stores.ts';
import type { TestArchive } from './archive.ts';

const MAIN = join(import.meta.dirname, '../../../../pipeline/src/main.ts');

/** Addresses of the stores as the processes of this test find them. */
export function storeSettings(archive: TestArchive): Record<string, string> {
  const { redis, neo4j, weaviate } = testStores();
  return {
    DATABASE_URL: archive.testDatabase.url,
    REDIS_URL: redis.url,
    NEO4J_URL: neo4j.url,
    NEO4J_USER: neo4j.user,
    NEO4J_PASSWORD: neo4j.password,
    WEAVIATE_URL: weaviate.url,
    WEAVIATE_GRPC_URL: weaviate.grpcUrl,
    ...(weaviate.apiKey !== undefined && { WEAVIATE_API_KEY: weaviate.apiKey }),
  };
}

/** A worker as it is deployed, with an embedder that needs no model. */
export interface TestWorker {
  /** Ends the process as if the power went. */
  kill(): Promise<void>;
}

export function startWorker(archive: TestArchive, settings: Record<string, string> = {}): TestWorker {
  const child: ChildProcess = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      LOG_LEVEL: 'error',
      METRICS_PORT: '0',
      OBJECT_STORE_URL: pathToFileURL(archive.objects).href,
      EMBEDDER: 'hashing',
      ...storeSettings(archive),
      ...settings,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = once(child, 'exit');
  return {
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
