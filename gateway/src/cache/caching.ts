import { hash } from 'node:crypto';
import type { Log } from '@colloquy/service';
import { parse } from 'graphql';
import type { CacheConfig } from '../config/cache.ts';
import type { Operation } from '../operation/operation.ts';
import type { PreparedOperation } from '../operation/prepared-operation.ts';
import type { Generation } from '../schema/generation.ts';
import { type CompiledCaching, compileCaching } from './compile.ts';
import { type CacheHints, readHints } from './hints.ts';

/** What the schema says of keeping the answers to an operation, worked out once per operation. */
export interface OperationCaching extends CompiledCaching {
  /** Of text and operation name. */
  readonly operationHash: string;
}

export type CachingOf = (operation: Pick<Operation, 'prepared' | 'generation'>) => OperationCaching;

export function createCachingOf(
  { policies, defaultMaxAge, keys }: Pick<CacheConfig, 'policies' | 'defaultMaxAge' | 'keys'>,
  log: Log,
): CachingOf {
  const hintsOf = new WeakMap<Generation, CacheHints>();
  const compiled = new WeakMap<PreparedOperation, OperationCaching>();

  function hintsFor(generation: Generation): CacheHints {
    let hints = hintsOf.get(generation);
    if (!hints) {
      hints = readHints(parse(generation.supergraphSdl, { noLocation: true }), policies);
      hintsOf.set(generation, hints);
      const unknown = Object.keys(policies).filter((coordinate) => !exists(generation, coordinate));
      if (unknown.length > 0) log.warn({ unknown }, 'cache.policies names what the schema does not have');
    }
    return hints;
  }

  return ({ prepared, generation }) => {
    let caching = compiled.get(prepared);
    if (!caching) {
      const hints = hintsFor(generation);
      const options = { schema: generation.apiSchema, hints, defaultMaxAge, keys };
      caching = { ...compileCaching(prepared, options), operationHash: hash('sha256', prepared.key, 'hex') };
      compiled.set(prepared, caching);
    }
    return caching;
  };
}

function exists({ apiSchema }: Generation, coordinate: string): boolean {
  const [typeName = '', fieldName] = coordinate.split('.');
  const type = apiSchema.getType(typeName);
  if (!type || fieldName === undefined) return type !== undefined;
  return 'getFields' in type && fieldName in type.getFields();
}
