import type { ParsedMessage } from '../model.ts';
import { chooseActiveLeaf } from './active-leaf.ts';
import { nameNodes } from './duplicates.ts';
import type { IssueLog } from './issues.ts';
import type { PlacedNode, TreeNode } from './tree-node.ts';

/** Walks up from a node; -1 ends it. */
export function ancestorsAndSelf(nodes: readonly PlacedNode[], from: number): number[] {
  const path: number[] = [];
  for (let at = from; at !== -1; at = nodes[at]?.parent ?? -1) path.push(at);
  return path;
}

/**
 * Turns the nodes of one conversation into messages: parents before replies, each attached to the nearest ancestor that
 * carries a message, the active path numbered from 0. Whatever is no tree is repaired in the order of the file, with an
 * issue for each repair, so equal input gives equal output.
 * `activeId` is the node the export calls current; null or undefined when it names none.
 */
export function arrangeTree(
  nodes: readonly TreeNode[],
  activeId: string | null | undefined,
  log: IssueLog,
): ParsedMessage[] {
  const placed = placeNodes(nodes, log);
  const order = preOrder(placed);
  const carriers = nearestCarriers(placed, order);
  const leaf = chooseActiveLeaf(placed, order, activeId, log);
  const sequences = new Int32Array(placed.length).fill(-1);
  let onPath = 0;
  for (const index of ancestorsAndSelf(placed, leaf).reverse()) {
    if (placed[index]?.node.message) sequences[index] = onPath++;
  }
  const messages: ParsedMessage[] = [];
  for (const index of order) {
    const { node, id, parent } = placed[index] as PlacedNode;
    if (node.message === null) continue;
    const carrier = parent === -1 ? -1 : (carriers[parent] ?? -1);
    const sequence = sequences[index] ?? -1;
    messages.push({
      ...node.message,
      attachments: node.message.attachments ?? [],
      externalId: id,
      parentExternalId: placed[carrier]?.id ?? null,
      onActivePath: sequence !== -1,
      sequence: sequence === -1 ? null : sequence,
    });
  }
  return messages;
}

function placeNodes(nodes: readonly TreeNode[], log: IssueLog): PlacedNode[] {
  const { named, indexOf } = nameNodes(nodes, log);
  const placed = named.map(({ node, id }) => ({ node, id, parent: parentOf(node, indexOf, log) }));
  openCycles(placed, log);
  return placed;
}

function parentOf(node: TreeNode, indexOf: ReadonlyMap<string, number>, log: IssueLog): number {
  if (node.parentId === null) return -1;
  const parent = indexOf.get(node.parentId);
  if (parent !== undefined) return parent;
  log.report(
    'ORPHAN_MESSAGE',
    node.location,
    `The parent ${JSON.stringify(node.parentId)} is not in the conversation.`,
  );
  return -1;
}

/** Each circle is opened at its first node in the file. Linear: a node is walked over once. */
function openCycles(placed: PlacedNode[], log: IssueLog): void {
  const walkOf = new Int32Array(placed.length).fill(-1);
  for (let start = 0; start < placed.length; start++) {
    let at = start;
    while (at !== -1 && walkOf[at] === -1) {
      walkOf[at] = start;
      at = placed[at]?.parent ?? -1;
    }
    if (at === -1 || walkOf[at] !== start) continue;
    const first = placed[firstOfCycle(placed, at)];
    if (!first) continue;
    first.parent = -1;
    log.report('CYCLE_BROKEN', first.node.location, 'The message is its own ancestor; it became a root.');
  }
}

function firstOfCycle(placed: readonly PlacedNode[], member: number): number {
  let first = member;
  for (let at = placed[member]?.parent ?? -1; at !== member && at !== -1; at = placed[at]?.parent ?? -1) {
    if (at < first) first = at;
  }
  return first;
}

/** Indexes with parents before children, siblings by rank and then by the order of the file. */
function preOrder(placed: readonly PlacedNode[]): number[] {
  const rank = (index: number) => placed[index]?.node.rank ?? Number.MAX_SAFE_INTEGER;
  const firstChild = new Int32Array(placed.length).fill(-1);
  const nextSibling = new Int32Array(placed.length).fill(-1);
  const roots: number[] = [];
  for (let index = placed.length - 1; index >= 0; index--) {
    const parent = placed[index]?.parent ?? -1;
    if (parent === -1) {
      roots.push(index);
      continue;
    }
    nextSibling[index] = firstChild[parent] ?? -1;
    firstChild[parent] = index;
  }
  const order: number[] = [];
  const pending: number[] = [];
  const descend = (siblings: number[]) => {
    if (siblings.length > 1) siblings.sort((a, b) => rank(b) - rank(a) || b - a);
    for (const index of siblings) pending.push(index);
  };
  descend(roots);
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    order.push(at);
    const first = firstChild[at] ?? -1;
    if (first === -1) continue;
    if (nextSibling[first] === -1) {
      pending.push(first);
      continue;
    }
    const children: number[] = [];
    for (let child = first; child !== -1; child = nextSibling[child] ?? -1) children.push(child);
    descend(children);
  }
  return order;
}

/** For each node the nearest node, itself included, that carries a message; -1 when there is none above. */
function nearestCarriers(placed: readonly PlacedNode[], order: readonly number[]): Int32Array {
  const carriers = new Int32Array(placed.length).fill(-1);
  for (const index of order) {
    const { node, parent } = placed[index] as PlacedNode;
    carriers[index] = node.message !== null ? index : parent === -1 ? -1 : (carriers[parent] ?? -1);
  }
  return carriers;
}
