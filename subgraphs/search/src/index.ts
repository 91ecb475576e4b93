export { buildSchema } from './schema/schema.ts';
export { typeDefs } from './schema/type-defs.ts';
