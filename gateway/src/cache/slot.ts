import type { Mark } from '../storage/store.ts';
import type { CompiledCaching } from './compile.ts';
import type { CacheScope } from './policy.ts';

/** Where, and how, the answer to an operation is to be kept. */
export interface AnswerSlot {
  readonly key: string;
  /** Seconds. */
  readonly maxAge: number;
  readonly scope: CacheScope;
  readonly caching: CompiledCaching;
  /** When the operation looked for an answer and found none. */
  since: Mark | undefined;
}
