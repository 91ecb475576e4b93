/** Says that there is null where the schema allows none; `field` is undefined where another error tells why. */
export type ReportNull = (path: readonly (string | number)[], field: string | undefined) => void;

/** Writes the values at one place of the answer. */
export interface Writer {
  /** The text `before` with the JSON of the value behind it; undefined when the value is null. */
  append(before: string, value: unknown): string | undefined;
  /** Reports each null within the value that may not be, at its own place. */
  findNulls(value: unknown, path: (string | number)[], report: ReportNull): void;
}

/** What stands at one place: how it is written, and whether it may be null. */
export interface Place {
  readonly writer: Writer;
  /** Where null is not allowed, the place in the schema that says so, such as `Query.me`. */
  readonly nonNull: string | undefined;
}

/** What the writing of one answer goes by, and what it finds. */
export interface Writing {
  /** Whether no string needs an escape. */
  plain: boolean;
  /** How many nulls had to go up. */
  nulls: number;
}

export const NULL = 'null';

/** Reports what may not be null of a value and within it. */
export function findNulls(
  { writer, nonNull }: Place,
  value: unknown,
  path: (string | number)[],
  report: ReportNull,
): void {
  if (nonNull === undefined) {
    writer.findNulls(value, path, report);
    return;
  }
  // An inner null was reported where it is; what it did to its parents is no fault of theirs.
  const before = path.length;
  let within = false;
  writer.findNulls(value, path, (at, field) => {
    within = true;
    report(at, field);
  });
  path.length = before;
  if (!within && writer.append('', value) === undefined) report(path, nonNull);
}
