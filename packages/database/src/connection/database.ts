import { PrismaPg } from '@prisma/adapter-pg';
import { Pool, types } from 'pg';
import { PrismaClient } from '../generated/prisma/client.ts';

/** Exact up to 2^53: byte sizes and counts; nothing here grows beyond. */
types.setTypeParser(types.builtins.INT8, Number);

export interface DatabaseConfig {
  /** postgresql:// of the application role, which owns nothing. */
  url: string;
  /** Shows in pg_stat_activity; a worker that takes over another's work ends its connections by this name. */
  applicationName: string;
  /** Connections at most. */
  maxConnections?: number;
  /** Hears of connections that broke while idle: nobody else would. */
  onIdleError(error: Error): void;
}

/** One pool, spoken to by Prisma (reads of the graph) and by plain SQL (bulk writes, queue, event log). */
export interface Database {
  readonly pool: Pool;
  readonly prisma: PrismaClient;
  close(): Promise<void>;
}

/** Connects on first use, so a process can start before PostgreSQL does. */
export function openDatabase(config: DatabaseConfig): Database {
  const pool = new Pool({
    connectionString: config.url,
    application_name: config.applicationName,
    max: config.maxConnections ?? 20,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    // A process that is frozen inside a transaction must not hold its locks longer than a takeover may last.
    idle_in_transaction_session_timeout: 5_000,
    statement_timeout: 120_000,
  });
  pool.on('error', (error) => config.onIdleError(error));
  // While a connection is lent out its user sees the error of the query; this keeps it from ending the process.
  pool.on('connect', (client) => client.on('error', (error) => config.onIdleError(error)));
  let prisma: PrismaClient | undefined;
  return {
    pool,
    get prisma() {
      // Made by the first who reads through it: the worker never does.
      prisma ??= new PrismaClient({ adapter: new PrismaPg(pool) });
      return prisma;
    },
    async close() {
      await prisma?.$disconnect();
      await pool.end();
    },
  };
}
