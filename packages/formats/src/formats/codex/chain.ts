import type { TreeNode } from '../../conversation/tree-node.ts';
import type { Entry } from './entry.ts';

/**
 * The messages of a session as a tree: each follows the one before it; after a rollback the next one follows what was
 * said before the turns that were taken back, which stay as a branch.
 */
export function chain(entries: readonly Entry[]): { nodes: TreeNode[]; activeId: string | null } {
  const nodes: TreeNode[] = [];
  /** For each turn on the active path: the message before it. */
  const turns: (string | null)[] = [];
  let tip: string | null = null;
  const placed = new Map<string, TreeNode>();
  for (const entry of entries) {
    if (entry.kind === 'rollback') {
      const [start] = turns.splice(-entry.turns);
      if (start !== undefined) tip = start;
      continue;
    }
    const { id, message, location } = entry;
    const earlier = placed.get(id);
    // A second copy of the rollout goes over the same messages again, and may go on where the first one ends.
    const isCopy = earlier?.message?.raw === message.raw;
    const parentId: string | null = isCopy && earlier ? earlier.parentId : tip;
    const node = { id, parentId, message, location };
    if (message.role === 'USER' && !message.hidden) turns.push(parentId);
    nodes.push(node);
    if (!earlier) placed.set(id, node);
    if (!earlier || isCopy) tip = id;
  }
  return { nodes, activeId: tip };
}
