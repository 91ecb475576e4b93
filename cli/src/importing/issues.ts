import type { Connection } from '../client/connection.ts';
import { readIssues } from '../operations/session.ts';
import type { Output } from '../output.ts';
import { count, counted } from '../presentation/format.ts';
import type { ImportResult } from './result.ts';

const SHOWN = 5;
const MOST_FILES = 5;

/** Says which records of the archives could not be read: the first few of the first few archives in full. */
export async function showIssues(
  connection: Connection,
  results: readonly ImportResult[],
  output: Output,
): Promise<void> {
  const affected = results.filter(({ issues, sessionId }) => issues > 0 && sessionId !== null);
  for (const result of affected.slice(0, MOST_FILES)) await showIssuesOf(connection, result, output);
  const hidden = affected.length - MOST_FILES;
  if (hidden > 0) {
    output.line();
    output.line(`${counted(hidden, 'more file')} with issues; \`colloquy sessions SESSION\` shows those of one.`);
  }
}

async function showIssuesOf(connection: Connection, result: ImportResult, output: Output): Promise<void> {
  const issues = await readIssues(connection, result.sessionId ?? '', SHOWN);
  output.line();
  output.line(output.style('yellow', `${result.file}: ${counted(result.issues, 'record')} not read as expected`));
  for (const issue of issues) output.line(`  ${issue.code} at ${issue.location}: ${issue.message}`);
  if (result.issues > issues.length) output.line(`  and ${count(result.issues - issues.length)} more`);
}
