import { z } from 'zod';

/** Demand control by `@cost` and `@listSize`; off when absent. */
export const costConfig = z.strictObject({
  /** `measure` works costs out and refuses nothing. */
  mode: z.enum(['measure', 'enforce']).default('measure'),
  /** The highest estimated cost of an operation. */
  max: z.number().min(0),
  /** A claim of the client's token with a number that takes the place of `max`. */
  maxClaim: z.string().min(1).optional(),
  /** Items that a list is taken to have when nothing says how many. */
  listSize: z.number().int().min(0).default(10),
  /** The header of the answer that tells the estimated cost; none when absent. */
  header: z
    .string()
    .toLowerCase()
    .regex(/^[a-z][a-z0-9-]*$/)
    .optional(),
});
export type CostConfig = z.infer<typeof costConfig>;
