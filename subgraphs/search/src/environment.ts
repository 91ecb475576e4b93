import { readEnvironment, serviceEnvironment } from '@colloquy/service';
import { z } from 'zod';

const schema = serviceEnvironment.extend({
  /** Weaviate need not answer yet. */
  WEAVIATE_URL: z.url(),
  WEAVIATE_GRPC_URL: z.url(),
  WEAVIATE_API_KEY: z.string().optional(),
  EMBEDDER: z.enum(['local', 'http', 'hashing']).default('local'),
  EMBEDDER_MODEL: z.string().default('all-MiniLM-L6-v2'),
  /** Folder that holds `<model>/model.onnx`; the model need not be there yet. */
  EMBEDDER_MODEL_FOLDER: z.string().optional(),
  EMBEDDER_URL: z.url().optional(),
  EMBEDDER_API_KEY: z.string().optional(),
});
export type SearchEnvironment = z.infer<typeof schema>;

/** The settings of this process. Throws EnvironmentError. */
export function environment(): SearchEnvironment {
  return readEnvironment(schema, process.env);
}
