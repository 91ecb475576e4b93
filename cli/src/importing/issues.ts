import type { Connection } from '../client/connection.ts';
import { readIssues } from '../operations/session.ts';
import type { Output } from '../output.ts';
import { count, counted } from '../presentation/format.ts';
import type { ImportResult } from './result.ts';

const SHOWN = 5;

/** Says which records of an archive could not be read: the first few in full, and how many more there are. */
export async function showIssues(connection: Connection, result: ImportResult, output: Output): Promise<void> {
  if (result.issues === 0 || result.sessionId === null) return;
  const issues = await readIssues(connection, result.sessionId, SHOWN);
  output.line();
  output.line(output.style('yellow', `${result.file}: ${counted(result.issues, 'record')} not read as expected`));
  for (const issue of issues) output.line(`  ${issue.code} at ${issue.location}: ${issue.message}`);
  if (result.issues > issues.length) output.line(`  and ${count(result.issues - issues.length)} more`);
}
