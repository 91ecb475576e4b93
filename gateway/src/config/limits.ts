import { z } from 'zod';

const count = z.number().int().min(1);

/**
 * Limits of one operation, as far as its text decides. Fields of fragments count wherever the fragment is spread. Each
 * may be lowered far below its default for a graph whose operations are known.
 */
export const operationLimits = z.strictObject({
  /** Lexical tokens of the document. */
  tokens: count.default(10_000),
  /** Levels of nested fields. The introspection query of GraphiQL has 15. */
  depth: count.default(50),
  /** Fields at the root. */
  rootFields: count.default(100),
  /** Fields with an alias. */
  aliases: count.default(500),
  /** Directives on the operation, its variables, fields and fragments. */
  directives: count.default(500),
  /** Fields, inline fragments and spreads, with everything that fragments spread. */
  recursiveSelections: count.default(10_000),
});
export type OperationLimits = z.infer<typeof operationLimits>;

/** What clients may learn of the schema; absent: nothing in production, everything in development. */
export const schemaExposure = z.strictObject({
  /** Whether `__schema` and `__type` are answered. */
  introspection: z.boolean().optional(),
  /** Whether errors propose names ("Did you mean ..."). */
  suggestions: z.boolean().optional(),
});
export type SchemaExposure = z.infer<typeof schemaExposure>;
