import type { Client } from 'pg';

/** A kind of statement and what PostgreSQL spent on it. */
export interface Statement {
  query: string;
  calls: number;
  rows: number;
  seconds: number;
}

const MAX_CHARACTERS = 120;

/** Starts counting anew. */
export async function resetStatements(superuser: Client): Promise<void> {
  await superuser.query('SELECT pg_stat_statements_reset()');
}

const TOP = `
SELECT regexp_replace(trim(query), '\\s+', ' ', 'g') AS query, calls::int, rows::int, total_exec_time / 1000 AS seconds
FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid AND r.rolname = 'colloquy_app'
ORDER BY total_exec_time DESC LIMIT $1`;

/** The statements of the application that took longest since the last reset. */
export async function topStatements(superuser: Client, count: number): Promise<Statement[]> {
  const { rows } = await superuser.query<Statement>(TOP, [count]);
  return rows.map((row) => ({ ...row, query: row.query.slice(0, MAX_CHARACTERS) }));
}
