import { z } from 'zod';

/** How `@authenticated`, `@requiresScopes` and `@policy` of the supergraph are met. */
export const accessConfig = z.strictObject({
  /** The claim with the client's scopes: separated by spaces, or a list. */
  scopesClaim: z.string().min(1).default('scope'),
  /** The claim with the policies that the client fulfils, of the same form. */
  policiesClaim: z.string().min(1).default('policies'),
  /** Refuses an operation as a whole when there is anything in it that the client may not see. */
  rejectUnauthorized: z.boolean().default(false),
  /** Lets clients in that bring no token, for what is open to everyone. A token that does not hold is refused still. */
  allowAnonymous: z.boolean().default(false),
});
export type AccessConfig = z.infer<typeof accessConfig>;
