export type Variables = Readonly<Record<string, unknown>>;

/** A number, or how it follows from the variables. */
export type Amount = number | ((variables: Variables) => number);
/** The size of a list, where it is known. */
export type Size = number | undefined | ((variables: Variables) => number | undefined);

export function amountOf(amount: Amount, variables: Variables): number {
  return typeof amount === 'number' ? amount : amount(variables);
}

export function sizeOf(size: Size, variables: Variables): number | undefined {
  return typeof size === 'function' ? size(variables) : size;
}

export function sum(amounts: readonly Amount[]): Amount {
  let constant = 0;
  const varying: ((variables: Variables) => number)[] = [];
  for (const amount of amounts) {
    if (typeof amount === 'number') constant += amount;
    else varying.push(amount);
  }
  if (varying.length === 0) return constant;
  return (variables) => varying.reduce((total, amount) => total + amount(variables), constant);
}

export function product(left: Amount, right: Amount): Amount {
  if (typeof left === 'number' && typeof right === 'number') return left * right;
  return (variables) => {
    const times = amountOf(left, variables);
    // What there is nothing of costs nothing, even where its own cost cannot be told.
    return times === 0 ? 0 : times * amountOf(right, variables);
  };
}

/** The largest of the sizes that are known. */
export function largest(sizes: readonly Size[]): Size {
  if (sizes.length <= 1) return sizes[0];
  const max = (known: readonly (number | undefined)[]) =>
    known.reduce((most, size) => (most === undefined || (size !== undefined && size > most) ? size : most), undefined);
  if (sizes.every((size) => typeof size !== 'function')) return max(sizes);
  return (variables) => max(sizes.map((size) => sizeOf(size, variables)));
}

/** The first size that is known, else `otherwise`. */
export function firstKnown(sizes: readonly Size[], otherwise: number): Amount {
  const [first, ...rest] = sizes.filter((size) => size !== undefined);
  if (first === undefined) return otherwise;
  if (typeof first === 'number') return first;
  const next = firstKnown(rest, otherwise);
  return (variables) => first(variables) ?? amountOf(next, variables);
}
