import {
  type Database,
  DatabaseUnavailableError,
  inTenant,
  inTenantPrisma,
  type TenantClient,
  type TenantPrisma,
  type TenantScope,
} from '@colloquy/database';
import { StoreUnavailableError } from '@colloquy/service';

export type ViewerScope = TenantScope & { userId: string };

/** PostgreSQL as one viewer may use it: every transaction sees that viewer's tenant and nothing else. */
export interface TenantStore {
  /** A transaction with Prisma. */
  read<T>(work: (tx: TenantPrisma) => Promise<T>): Promise<T>;
  /** A transaction with plain SQL, for writes and for the event log; `scope.userId` is the viewer's user. */
  transact<T>(work: (client: TenantClient, scope: ViewerScope) => Promise<T>): Promise<T>;
  scope(): Promise<ViewerScope>;
}

/** `identify` is asked at first use, once. Every method throws StoreUnavailableError while PostgreSQL is away. */
export function createTenantStore(database: Database, identify: () => Promise<ViewerScope>): TenantStore {
  let identified: Promise<ViewerScope> | undefined;
  const scope = () => {
    identified ??= available(identify);
    return identified;
  };
  return {
    scope,
    read: async (work) => {
      const viewer = await scope();
      return available(() => inTenantPrisma(database, viewer, work));
    },
    transact: async (work) => {
      const viewer = await scope();
      return available(() => inTenant(database, viewer, (client) => work(client, viewer)));
    },
  };
}

async function available<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DatabaseUnavailableError) throw new StoreUnavailableError(error.store, { cause: error });
    throw error;
  }
}
