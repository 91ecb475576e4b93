import { readEnvironment, serviceEnvironment } from '@colloquy/service';
import { z } from 'zod';

const GIBIBYTE = 1024 ** 3;

const schema = serviceEnvironment.extend({
  /** postgresql:// of the application role. */
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'expected a postgresql:// address'),
  REDIS_URL: z.string().regex(/^rediss?:\/\//, 'expected a redis:// address'),
  /** file: or s3: URL of what holds the uploaded archives. */
  OBJECT_STORE_URL: z.url(),
  /** Largest archive that may be announced, in bytes. */
  MAX_ARCHIVE_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .max(Number.MAX_SAFE_INTEGER)
    .default(10 * GIBIBYTE),
});
export type ArchiveEnvironment = z.infer<typeof schema>;

/** The settings of this process. Throws EnvironmentError. */
export function readArchiveEnvironment(): ArchiveEnvironment {
  return readEnvironment(schema, process.env);
}
