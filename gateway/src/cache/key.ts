import { hash } from 'node:crypto';
import type { Claims } from '../access/claims.ts';
import type { CacheScope } from './policy.ts';
import type { Varying } from './vary.ts';

/** Everything on which an answer depends. */
export interface AnswerIdentity {
  readonly generationId: string;
  /** Of text and operation name. */
  readonly operationHash: string;
  /** What of the operation the client may see. */
  readonly visibleKey: string;
  /** Coerced, so in the order of the schema. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly scope: CacheScope;
  /** Whose answer it is; only of a private one. */
  readonly owner: readonly unknown[] | null;
  readonly varying: Varying;
}

/** Equal for equal identities only: the parts are written so that none can be taken for another, then hashed. */
export function answerKey(identity: AnswerIdentity): string {
  const { generationId, operationHash, visibleKey, variables, scope, owner, varying } = identity;
  const parts = [generationId, operationHash, visibleKey, variables, scope, owner, varying];
  return hash('sha256', JSON.stringify(parts), 'hex');
}

/**
 * Whose a private answer is: the values of these claims, and the token's issuer, in whose name alone they mean
 * something. Undefined for a client that cannot be told from others.
 */
export function ownerOf(claims: Claims | null, names: readonly string[]): readonly unknown[] | undefined {
  if (!claims) return undefined;
  const values = names.map((name) => claims[name]);
  const complete = values.every((value) => value !== undefined && value !== null && value !== '');
  return complete ? [claims.iss ?? null, ...values] : undefined;
}
