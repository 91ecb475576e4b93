import type { Activity } from './activity.ts';
import type { Thread } from './threads.ts';

/** Bytes of records that may wait in memory for the rest of their conversations. */
export const WAITING_BYTES = 32 * 1024 * 1024;

/** A thread with its activities, in the order of its members. */
export interface GatheredThread {
  thread: Thread;
  activities: Activity[];
}

/**
 * Brings together the activities of each thread. Conversations lie interleaved in the file, so several wait at a time;
 * one that would exceed `budget` bytes is left to a further pass over the archive, which `pass` begins.
 * At most `budget` bytes of records are held, or one thread. Threads come as they become complete.
 */
export async function* gatherThreads(
  threads: readonly Thread[],
  pass: () => AsyncIterable<Activity>,
  budget: number = WAITING_BYTES,
): AsyncGenerator<GatheredThread> {
  const threadsOf = new Map<number, Thread[]>();
  for (const thread of threads) {
    for (const position of thread.members) {
      const sharing = threadsOf.get(position);
      if (sharing) sharing.push(thread);
      else threadsOf.set(position, [thread]);
    }
  }
  let open = new Set(threads);
  while (open.size > 0) {
    const left = new Set<Thread>();
    yield* onePass(threadsOf, open, left, pass(), budget);
    open = left;
  }
}

/** `open` loses the threads that were completed or left to the next pass; `left` gains the latter. */
async function* onePass(
  threadsOf: ReadonlyMap<number, Thread[]>,
  open: Set<Thread>,
  left: Set<Thread>,
  activities: AsyncIterable<Activity>,
  budget: number,
): AsyncGenerator<GatheredThread> {
  const waiting = new Map<Thread, Map<number, Activity>>();
  let waitingBytes = 0;
  let position = 0;
  for await (const activity of activities) {
    for (const thread of threadsOf.get(position) ?? []) {
      if (!open.has(thread)) continue;
      let found = waiting.get(thread);
      if (!found) {
        if (waiting.size > 0 && waitingBytes + thread.size > budget) {
          open.delete(thread);
          left.add(thread);
          continue;
        }
        found = new Map();
        waiting.set(thread, found);
        waitingBytes += thread.size;
      }
      found.set(position, activity);
      if (found.size < thread.members.length) continue;
      waiting.delete(thread);
      waitingBytes -= thread.size;
      open.delete(thread);
      yield { thread, activities: inOrder(thread, found) };
    }
    position++;
    if (open.size === 0) return;
  }
}

function inOrder({ members }: Thread, found: ReadonlyMap<number, Activity>): Activity[] {
  return members.map((position) => found.get(position)).filter((activity) => activity !== undefined);
}
