import {
  type DeletionCounts,
  type DeletionLease,
  type DeletionTaskKind,
  deletionStep,
  finishTasks,
  forgetTasks,
  inTenant,
  needsDeriving,
  pendingTasks,
  postponeDeletion,
  repeatTasks,
  searchGenerations,
  sumCounts,
} from '@colloquy/database';
import { toId } from '@colloquy/domain';
import { ProjectionMissingError, type ProjectionTarget } from '@colloquy/vectors';
import type { PipelineContext } from '../context.ts';

/** Tasks per round: a few statements in each store. */
const BATCH = 100;
const GONE = ['CONVERSATION', 'ITEM', 'MESSAGE'] as const;
/** A message that fell back to a former text comes back with that one, and must not be looked for later. */
const UNPROJECTED = [...GONE, 'REVISED'] as const;

/**
 * Takes what is gone from PostgreSQL out of Neo4j and Weaviate, in every generation. Runs in the queue of whatever writes
 * there, so that nobody writes what was read before it went.
 */
export async function unproject(context: PipelineContext, lease: DeletionLease, signal: AbortSignal): Promise<void> {
  if ((await removeAll(context, lease, UNPROJECTED, signal)) === 'stopped') return;
  await deletionStep(context.database, lease, async (client) => ({
    next: (await needsDeriving(client, lease.deletionId)) ? 'DERIVE' : 'SWEEP',
  }));
}

/**
 * Looks once more, after a while, for what is gone: a worker that was frozen in the middle of a write may have gone on
 * after its work was taken over. Then the tasks are forgotten; the deletion itself stays as the audit line.
 */
export async function sweep(context: PipelineContext, lease: DeletionLease, signal: AbortSignal): Promise<void> {
  await inTenant(context.database, lease, (client) => repeatTasks(client, lease.deletionId, GONE));
  if ((await removeAll(context, lease, GONE, signal)) === 'stopped') return;
  await deletionStep(context.database, lease, async (client) => {
    await forgetTasks(client, lease.deletionId);
    return { next: 'DONE' };
  });
}

async function removeAll(
  context: PipelineContext,
  lease: DeletionLease,
  kinds: readonly (typeof UNPROJECTED)[number][],
  signal: AbortSignal,
): Promise<'done' | 'stopped'> {
  for (;;) {
    const { tasks, targets } = await inTenant(context.database, lease, async (client) => ({
      tasks: await pendingTasks(client, lease.deletionId, kinds, BATCH),
      targets: await searchGenerations(client),
    }));
    if (Object.values(tasks).every((subjects) => subjects.length === 0)) return 'done';
    if (signal.aborted) {
      await inTenant(context.database, lease, (client) => postponeDeletion(client, lease, null, 0));
      return 'stopped';
    }
    // Side by side: while one store is away the other lets go, and what it let go is counted.
    const outcomes = await Promise.allSettled([
      removeFromSearch(context, tasks, targets),
      removeFromGraph(context, lease.tenantId, tasks),
    ]);
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    const counts = sumCounts(...outcomes.map((one) => (one.status === 'fulfilled' ? one.value : {})));
    if (!failed || Object.keys(counts).length > 0) {
      await deletionStep(context.database, lease, async (client) => {
        if (!failed) await finishTasks(client, lease.deletionId, tasks);
        return { counts };
      });
    }
    if (failed) throw failed.reason;
  }
}

type Tasks = Partial<Record<DeletionTaskKind, string[]>>;

async function removeFromSearch(
  context: PipelineContext,
  tasks: Tasks,
  targets: readonly ProjectionTarget[],
): Promise<Partial<DeletionCounts>> {
  const conversations = (tasks.CONVERSATION ?? []).map((id) => toId('conversation', id));
  const messages = [...(tasks.MESSAGE ?? []), ...(tasks.REVISED ?? [])].map((id) => toId('message', id));
  const owners = [...(tasks.ITEM ?? []).map((id) => toId('item', id)), ...messages];
  let vectors = 0;
  for (const target of targets) {
    vectors += await unlessMissing(() => context.vectors.deleteConversations(target, conversations));
    vectors += await unlessMissing(() => context.vectors.deleteOwners(target, owners));
  }
  return { vectors };
}

async function removeFromGraph(
  context: PipelineContext,
  tenantId: string,
  tasks: Tasks,
): Promise<Partial<DeletionCounts>> {
  const conversations = (tasks.CONVERSATION ?? []).map((id) => toId('conversation', id));
  const items = (tasks.ITEM ?? []).map((id) => toId('item', id));
  const removed = [];
  if (conversations.length > 0) removed.push(await context.graph.deleteConversations(tenantId, conversations));
  if (items.length > 0) removed.push(await context.graph.deleteItems(tenantId, items));
  return sumCounts(...removed.map(({ nodes, edges }) => ({ graphNodes: nodes, graphEdges: edges })));
}

/** A generation that is planned or was dropped holds nothing. */
async function unlessMissing(remove: () => Promise<number>): Promise<number> {
  try {
    return await remove();
  } catch (error) {
    if (error instanceof ProjectionMissingError) return 0;
    throw error;
  }
}
