import type { IssueLog } from './issues.ts';
import type { PlacedNode } from './tree-node.ts';

/**
 * The node at which the active path ends; -1 when there is no message.
 * The export's own word counts when it leads over at least one message. Otherwise the newest leaf is taken: by its time
 * (an undated message counts as old as its parent), then the deepest, then the last in the file.
 * `order` has parents before children.
 */
export function chooseActiveLeaf(
  placed: readonly PlacedNode[],
  order: readonly number[],
  activeId: string | null | undefined,
  log: IssueLog,
): number {
  const { depths, times, isLeaf } = measure(placed, order);
  const named = typeof activeId === 'string' ? placed.findIndex(({ id }) => id === activeId) : -1;
  if (named !== -1 && (depths[named] ?? 0) > 0) return named;
  let best = -1;
  for (let index = 0; index < placed.length; index++) {
    if (isLeaf[index] !== 1) continue;
    const newer = best === -1 ? 1 : difference(times, index, best) || difference(depths, index, best);
    if (newer >= 0) best = index;
  }
  if (typeof activeId === 'string' && best !== -1) {
    const location = placed[best]?.node.location ?? '';
    log.report(
      'DANGLING_CURRENT_MESSAGE',
      location,
      `The current message ${JSON.stringify(activeId)} is not there; the newest leaf took its place.`,
    );
  }
  return best;
}

function difference(values: Float64Array, a: number, b: number): number {
  const [left, right] = [values[a] ?? 0, values[b] ?? 0];
  return left === right ? 0 : left - right;
}

/** Per node: messages from the root to it, the time of the youngest known message above or at it, leaf of messages. */
function measure(placed: readonly PlacedNode[], order: readonly number[]) {
  const depths = new Float64Array(placed.length);
  const times = new Float64Array(placed.length).fill(Number.NEGATIVE_INFINITY);
  const isLeaf = new Uint8Array(placed.length);
  for (const index of order) {
    const { node, parent } = placed[index] as PlacedNode;
    depths[index] = (depths[parent] ?? 0) + (node.message ? 1 : 0);
    times[index] = node.message?.createdAt?.getTime() ?? times[parent] ?? Number.NEGATIVE_INFINITY;
  }
  const carriesBelow = new Uint8Array(placed.length);
  for (const index of order.toReversed()) {
    const { node, parent } = placed[index] as PlacedNode;
    isLeaf[index] = node.message !== null && carriesBelow[index] === 0 ? 1 : 0;
    if (parent !== -1 && (node.message !== null || carriesBelow[index] === 1)) carriesBelow[parent] = 1;
  }
  return { depths, times, isLeaf };
}
