import { enqueue, forgetAbandonedUploads, inTenant, unnamedKeys } from '@colloquy/database';
import type { PipelineContext } from '../context.ts';

/** How often one worker of all looks for what nobody will use, in seconds, and how soon after a start. */
const EVERY_SECONDS = 3_600;
const FIRST_SECONDS = 60;
/** An upload that takes longer than this is given up. */
const MAX_AGE_MS = 24 * 3_600_000;
const KEYS_AT_ONCE = 500;

/** `<kind>/<tenant>/...`, as every key of ours begins. */
const KEY = /^[a-z]+\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\//;

/** Plans the next clean-up. One is planned at a time, however many workers there are. */
export function planCleanUp(context: Pick<PipelineContext, 'database'>, delaySeconds = FIRST_SECONDS): Promise<void> {
  return enqueue(context.database.pool, 'clean-up', {}, { key: 'clean-up', delaySeconds });
}

/**
 * Deletes objects that no row names (a process died between storing the bytes and saying so), and forgets files that were
 * announced and never sent; both a day after they came. Tenants are found by their objects: outside a transaction of a
 * tenant the application sees none.
 */
export async function cleanUp(context: PipelineContext, signal: AbortSignal): Promise<void> {
  try {
    const counts = await tidy(context, new Date(Date.now() - MAX_AGE_MS), signal);
    context.log.info(counts, 'looked for what nobody uses');
  } finally {
    await planCleanUp(context, EVERY_SECONDS);
  }
}

interface ObjectOfTenant {
  tenantId: string;
  key: string;
  size: number;
}

export interface CleanUpCounts {
  objects: number;
  bytes: number;
  abandonedUploads: number;
}

/** The same for everything older than `before`; what was deleted. */
export async function tidy(
  context: Pick<PipelineContext, 'database' | 'objects'>,
  before: Date,
  signal: AbortSignal,
): Promise<CleanUpCounts> {
  const counts: CleanUpCounts = { objects: 0, bytes: 0, abandonedUploads: 0 };
  const tenants = new Set<string>();
  let batch: ObjectOfTenant[] = [];
  for await (const { key, size, modifiedAt } of context.objects.list('')) {
    if (signal.aborted) break;
    const tenantId = KEY.exec(key)?.[1];
    if (tenantId === undefined) continue;
    tenants.add(tenantId);
    if (modifiedAt >= before) continue;
    batch.push({ tenantId, key, size });
    if (batch.length >= KEYS_AT_ONCE) {
      await deleteUnnamed(context, batch, counts);
      batch = [];
    }
  }
  await deleteUnnamed(context, batch, counts);
  for (const tenantId of tenants) {
    if (signal.aborted) break;
    const scope = { tenantId, userId: null };
    counts.abandonedUploads += await inTenant(context.database, scope, (client) =>
      forgetAbandonedUploads(client, before),
    );
  }
  return counts;
}

async function deleteUnnamed(
  context: Pick<PipelineContext, 'database' | 'objects'>,
  batch: readonly ObjectOfTenant[],
  counts: CleanUpCounts,
): Promise<void> {
  for (const [tenantId, own] of Map.groupBy(batch, (object) => object.tenantId)) {
    const keys = own.map(({ key }) => key);
    const unnamed = new Set(
      await inTenant(context.database, { tenantId, userId: null }, (client) => unnamedKeys(client, keys)),
    );
    for (const { key, size } of own.filter((object) => unnamed.has(object.key))) {
      await context.objects.delete(key);
      counts.objects++;
      counts.bytes += size;
    }
  }
}
