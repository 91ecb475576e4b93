import { readFileSync } from 'node:fs';

/** Addresses of the real stores that `tooling/test.ts` started for this run. */
export interface TestStores {
  postgres: { ownerUrl: string };
  redis: { url: string };
  neo4j: { url: string; user: string; password: string };
  weaviate: { url: string; grpcUrl: string; apiKey?: string };
  /** A server of the S3 protocol without buckets; each test makes its own. */
  s3: { endpoint: string; accessKeyId: string; secretAccessKey: string; region: string };
  /** Folder that holds `<model>/model.onnx` and `<model>/tokenizer.json`. */
  models: string;
}

/** Throws when the run has no stores: an integration test never passes without them. */
export function testStores(): TestStores {
  const file = process.env.COLLOQUY_TEST_STORES;
  if (!file)
    throw new Error(
      'COLLOQUY_TEST_STORES is not set. Run `npm test`, or `node tooling/stores.ts` and export what it prints.',
    );
  return JSON.parse(readFileSync(file, 'utf8')) as TestStores;
}
