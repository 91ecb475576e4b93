import { defineConfig } from 'prisma/config';

/** For Prisma's own commands. The platform connects through packages/database instead. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
