import type { ParseIssue } from '../../model.ts';

/** One issue in place of many that differ by their location alone: a page with an unknown time zone has one per record. */
export function foldIssues(issues: readonly ParseIssue[]): ParseIssue[] {
  const alike = Map.groupBy(issues, ({ code, message }) => `${code} ${message}`);
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    return [group.length === 1 ? first : { ...first, message: `${first.message} (${group.length} times)` }];
  });
}
