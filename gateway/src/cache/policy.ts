/** How long an answer may be kept, and for whom: what `@cacheControl` says of a type or a field. */
export interface CacheHint {
  /** Seconds. */
  readonly maxAge?: number | undefined;
  readonly scope?: CacheScope | undefined;
  /** Leaves the age to the field that leads here. */
  readonly inheritMaxAge?: boolean | undefined;
}

export type CacheScope = 'PUBLIC' | 'PRIVATE';

/** The hints of all fields of an operation, taken together: the least age, and private if one of them is. */
export interface CachePolicy {
  maxAge: number | undefined;
  scope: CacheScope;
}

export function restrict(policy: CachePolicy, { maxAge, scope }: CacheHint): void {
  if (maxAge !== undefined && (policy.maxAge === undefined || maxAge < policy.maxAge)) policy.maxAge = maxAge;
  if (scope === 'PRIVATE') policy.scope = 'PRIVATE';
}

/**
 * The hint of one field, from what is said of the field, of the type that it returns, and of nothing: as Apollo Server
 * decides it. What the field says goes over what its type says. A field of the root, or one that returns objects, is
 * not kept unless someone says how long; any other takes the age of what it is a part of.
 */
export function fieldHint(
  field: CacheHint | undefined,
  type: CacheHint | undefined,
  { isRoot, isComposite, defaultMaxAge }: { isRoot: boolean; isComposite: boolean; defaultMaxAge: number },
): CacheHint {
  const ofType = isComposite ? type : undefined;
  const inherits = field?.inheritMaxAge === true && ofType?.maxAge === undefined;
  const maxAge = inherits ? undefined : (field?.maxAge ?? ofType?.maxAge);
  const scope = field?.scope ?? ofType?.scope;
  if (maxAge !== undefined) return { maxAge, scope };
  const unsaid = isRoot || (isComposite && !inherits && ofType?.inheritMaxAge !== true);
  return unsaid ? { maxAge: defaultMaxAge, scope } : { scope };
}
