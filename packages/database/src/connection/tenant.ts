import type { PoolClient } from 'pg';
import { rethrow } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import type { Database } from './database.ts';

/** Whose rows a transaction may see, and who acts. Row-level security shows nothing outside such a transaction. */
export interface TenantScope {
  tenantId: string;
  userId: string | null;
}

/** A connection inside a transaction that is bound to one tenant. */
export type TenantClient = Pick<PoolClient, 'query'> & { readonly tenantId: string };

export type TenantPrisma = Prisma.TransactionClient;

// `true` = for this transaction only: a setting that outlives it would show the next borrower of the connection
// another tenant's rows.
const BIND = `SELECT set_config('app.tenant_id', $1, true), set_config('app.user_id', $2, true)`;

/** Runs `work` in one transaction of one tenant: committed when it resolves, rolled back when it throws. */
export async function inTenant<T>(
  database: Database,
  scope: TenantScope,
  work: (client: TenantClient) => Promise<T>,
): Promise<T> {
  const client = await database.pool.connect().catch(rethrow);
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    await client.query(BIND, [scope.tenantId, scope.userId ?? '']);
    const result = await work({ query: client.query.bind(client), tenantId: scope.tenantId } as TenantClient);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => {
      broken = failure;
    });
    return rethrow(error);
  } finally {
    // A connection that could not even roll back is thrown away, never lent again.
    client.release(broken);
  }
}

/** The same for reads through Prisma. */
export async function inTenantPrisma<T>(
  database: Database,
  scope: TenantScope,
  work: (tx: TenantPrisma) => Promise<T>,
): Promise<T> {
  try {
    return await database.prisma.$transaction(
      async (tx) => {
        await tx.$executeRawUnsafe(BIND, scope.tenantId, scope.userId ?? '');
        return work(tx);
      },
      { maxWait: 5_000, timeout: 15_000 },
    );
  } catch (error) {
    return rethrow(error);
  }
}
