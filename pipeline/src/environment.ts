import { availableParallelism } from 'node:os';
import { readEnvironment, serviceEnvironment } from '@colloquy/service';
import { z } from 'zod';

/** What the worker reads from its environment. */
const schema = serviceEnvironment.omit({ IDENTITY_SECRET: true, PORT: true }).extend({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'expected a postgresql:// address'),
  REDIS_URL: z.string().regex(/^rediss?:\/\//, 'expected a redis:// address'),
  NEO4J_URL: z.string().min(1),
  NEO4J_USER: z.string().min(1),
  NEO4J_PASSWORD: z.string(),
  WEAVIATE_URL: z.string().regex(/^https?:\/\//, 'expected an http:// address'),
  WEAVIATE_GRPC_URL: z.string().min(1),
  WEAVIATE_API_KEY: z.string().optional(),
  OBJECT_STORE_URL: z.string().min(1),
  EMBEDDER: z.enum(['local', 'http', 'hashing']).default('local'),
  EMBEDDER_MODEL: z.string().default('all-MiniLM-L6-v2'),
  EMBEDDER_MODEL_FOLDER: z.string().optional(),
  EMBEDDER_URL: z.string().optional(),
  EMBEDDER_API_KEY: z.string().optional(),
  /** Jobs at once. */
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(Math.max(4, availableParallelism())),
});
export type WorkerEnvironment = z.infer<typeof schema>;

export const environment = (): WorkerEnvironment => readEnvironment(schema, process.env);
