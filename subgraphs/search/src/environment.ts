import { LOCAL_MODELS } from '@colloquy/embedding';
import { readEnvironment, serviceEnvironment } from '@colloquy/service';
import { z } from 'zod';

const settings = serviceEnvironment.extend({
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

/** What the chosen embedder cannot do without is asked for now, not with the first query. */
const schema = settings.superRefine((value, context) => {
  const complain = (path: keyof typeof value, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message });
  if (value.EMBEDDER === 'http' && !value.EMBEDDER_URL) complain('EMBEDDER_URL', 'needed when EMBEDDER is "http"');
  if (value.EMBEDDER !== 'local') return;
  if (!value.EMBEDDER_MODEL_FOLDER) complain('EMBEDDER_MODEL_FOLDER', 'needed when EMBEDDER is "local"');
  const known = Object.keys(LOCAL_MODELS);
  if (!known.includes(value.EMBEDDER_MODEL)) complain('EMBEDDER_MODEL', `expected one of ${known.join(', ')}`);
});
export type SearchEnvironment = z.infer<typeof schema>;

/** The settings of this process. Throws EnvironmentError. */
export function environment(): SearchEnvironment {
  return readEnvironment(schema, process.env);
}
