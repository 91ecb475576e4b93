import type { ParseIssue, ParseIssueCode } from '../model.ts';

/** Where a reader reports what it could not read, or repaired. */
export class IssueLog {
  readonly issues: ParseIssue[] = [];

  report(code: ParseIssueCode, location: string, message: string): void {
    this.issues.push({ code, message, location });
  }
}
