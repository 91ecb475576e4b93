import { z } from 'zod';

const schema = z.object({
  DATABASE_OWNER_URL: z.string().regex(/^postgres(ql)?:\/\//, 'expected a postgresql:// address'),
});

/** The migration runner's settings. Throws an Error that names the variable and what it must hold. */
export function readMigrationEnvironment(): z.infer<typeof schema> {
  const result = schema.safeParse(process.env);
  if (!result.success) throw new Error(`DATABASE_OWNER_URL: ${z.prettifyError(result.error)}`);
  return result.data;
}
