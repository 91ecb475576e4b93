import { chmodSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import type { Stores } from './platform/stores.ts';
import { usageOf } from './platform/usage.ts';

/** What PostgreSQL needed to load the rows that an import had written. */
export interface CopyFigures {
  seconds: number;
  /** CPU time of all processes of the PostgreSQL server. */
  serverCpuSeconds: number;
  tables: { table: string; rows: number; bytes: number; seconds: number }[];
}

interface Dump {
  table: string;
  columns: string;
  rows: number;
  file: string;
}

/** Tables that hold what an archive said: whatever is reached from them by foreign keys, and what could not be read. */
const WRITTEN_BY_IMPORTS = ['conversations', 'parse_issues'];

/**
 * Loads the finished rows of an import again: writes them to files, empties their tables, and times the owner's COPY of
 * the files into the same tables with all their indexes and constraints. Tables are emptied at the end.
 */
export async function measureCopy({ owner, superuser, folder, serverPid }: Stores): Promise<CopyFigures> {
  const files = join(folder, 'rows');
  mkdirSync(files);
  // The server writes here under its own account.
  chmodSync(files, 0o777);
  const tables = await tablesInOrder(owner);
  await openTables(owner, tables);
  try {
    const dumps = await dump(owner, tables, files);
    await owner.query(`TRUNCATE ${dumps.map(({ table }) => table).join(', ')} CASCADE`);
    await superuser.query('CHECKPOINT');
    const figures: CopyFigures = { seconds: 0, serverCpuSeconds: 0, tables: [] };
    const served = usageOf(serverPid);
    for (const { table, columns, rows, file } of dumps) {
      const started = performance.now();
      const { rowCount } = await owner.query(`COPY ${table} (${columns}) FROM '${file}' (FORMAT binary)`);
      const seconds = (performance.now() - started) / 1000;
      if (rowCount !== rows) throw new Error(`COPY loaded ${rowCount} rows into ${table}, expected ${rows}.`);
      figures.seconds += seconds;
      figures.tables.push({ table, rows, bytes: statSync(file).size, seconds });
    }
    figures.serverCpuSeconds = (usageOf(serverPid).cpuMilliseconds - served.cpuMilliseconds) / 1000;
    return figures;
  } finally {
    await closeTables(owner, tables);
    rmSync(files, { recursive: true });
  }
}

async function dump(owner: Client, tables: readonly string[], folder: string): Promise<Dump[]> {
  const dumps: Dump[] = [];
  for (const table of tables) {
    const columns = await storedColumns(owner, table);
    const file = join(folder, `${table}.bin`);
    const { rowCount } = await owner.query(`COPY ${table} (${columns}) TO '${file}' (FORMAT binary)`);
    if (rowCount) dumps.push({ table, columns, rows: rowCount, file });
  }
  return dumps;
}

const REACHED = `
WITH RECURSIVE reached AS (
  SELECT c.oid, 0 AS depth FROM pg_class c
  WHERE c.relnamespace = 'intelligence'::regnamespace AND c.relname = ANY ($1)
  UNION
  SELECT f.conrelid, r.depth + 1 FROM reached r JOIN pg_constraint f ON f.confrelid = r.oid AND f.contype = 'f' AND f.conrelid <> f.confrelid
)
SELECT oid::regclass::text AS "table" FROM reached GROUP BY oid ORDER BY max(depth), oid::regclass::text`;

/** The tables, each behind those that it refers to. */
async function tablesInOrder(owner: Client): Promise<string[]> {
  const { rows } = await owner.query<{ table: string }>(REACHED, [WRITTEN_BY_IMPORTS]);
  return rows.map(({ table }) => table);
}

const COLUMNS = `
SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns FROM pg_attribute
WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`;

/** Generated columns cannot be loaded: PostgreSQL computes them again. */
async function storedColumns(owner: Client, table: string): Promise<string> {
  const { rows } = await owner.query<{ columns: string }>(COLUMNS, [table]);
  return rows[0]?.columns ?? '';
}

/**
 * COPY FROM refuses tables with row-level security, which binds the owner only where it is forced. And autovacuum, when it
 * comes by while COPY runs, counts its rows as absent, after which checks of foreign keys are planned for an empty table.
 */
async function openTables(owner: Client, tables: readonly string[]): Promise<void> {
  for (const table of tables)
    await owner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY, SET (autovacuum_enabled = off)`);
}

async function closeTables(owner: Client, tables: readonly string[]): Promise<void> {
  for (const table of tables)
    await owner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY, RESET (autovacuum_enabled)`);
}
