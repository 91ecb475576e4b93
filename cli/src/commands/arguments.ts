import { InvalidArgumentError } from 'commander';

/** A page size of the public graph: 1 to 100. */
export function pageSize(value: string): number {
  return wholeNumber(value, 1, 100);
}

/** How many uploads run beside each other. */
export function atOnce(value: string): number {
  return wholeNumber(value, 1, 16);
}

/** A TCP port. */
export function port(value: string): number {
  return wholeNumber(value, 1, 65_535);
}

function wholeNumber(value: string, least: number, most: number): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < least || number > most) {
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  }
  return number;
}

const UNIT_SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** A lifetime such as `90s`, `30m`, `12h` or `7d`, in seconds. */
export function lifetime(value: string): number {
  const match = /^([1-9]\d{0,5})([smhd])$/.exec(value);
  if (!match) throw new InvalidArgumentError('Expected a number with a unit, such as 30m, 12h or 7d.');
  return Number(match[1]) * UNIT_SECONDS[match[2] as keyof typeof UNIT_SECONDS];
}

/** The name of a tenant, as the platform takes it. */
export function tenantName(value: string): string {
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(value)) {
    throw new InvalidArgumentError('Expected lower-case letters, digits and hyphens, at most 63, such as my-team.');
  }
  return value;
}

/** A parser for a word of a closed set that is written in any case, such as `hybrid` for HYBRID. */
export function oneOf<const T extends string>(words: readonly T[]): (value: string) => T {
  return (value) => {
    const wanted = value.toUpperCase().replaceAll('-', '_');
    const found = words.find((word) => word === wanted);
    if (!found)
      throw new InvalidArgumentError(`Expected one of ${words.map((word) => word.toLowerCase()).join(', ')}.`);
    return found;
  };
}

/** Collects an option that may be given several times. */
export function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}
