import type { IssueLog } from './issues.ts';
import type { TreeNode } from './tree-node.ts';

/**
 * Gives each node an id of its own. The first node keeps the id; a second one with the same JSON is a copy and is
 * dropped, another one is renamed `<id>~2`, `<id>~3` ...; replies belong to the first.
 */
export function nameNodes(
  nodes: readonly TreeNode[],
  log: IssueLog,
): { named: { node: TreeNode; id: string }[]; indexOf: Map<string, number> } {
  const named: { node: TreeNode; id: string }[] = [];
  const indexOf = new Map<string, number>();
  let freeIds: FreeIds | null = null;
  for (const node of nodes) {
    const first = named[indexOf.get(node.id) ?? -1]?.node;
    if (first && isCopy(first, node)) {
      log.report(
        'DUPLICATE_MESSAGE_ID',
        node.location,
        `A copy of the message ${JSON.stringify(node.id)} was dropped.`,
      );
      continue;
    }
    let { id } = node;
    if (first) {
      freeIds ??= new FreeIds(new Set(nodes.map((each) => each.id)));
      id = freeIds.like(node.id);
      log.report(
        'DUPLICATE_MESSAGE_ID',
        node.location,
        `The id ${JSON.stringify(node.id)} is taken; this message became ${JSON.stringify(id)}.`,
      );
    }
    indexOf.set(id, named.length);
    named.push({ node, id });
  }
  return { named, indexOf };
}

function isCopy(first: TreeNode, second: TreeNode): boolean {
  if (second.message === null) return true;
  return first.parentId === second.parentId && first.message?.raw === second.message.raw;
}

/** Names copies of an id, without trying a number twice. */
class FreeIds {
  readonly #taken: ReadonlySet<string>;
  readonly #next = new Map<string, number>();

  constructor(taken: ReadonlySet<string>) {
    this.#taken = taken;
  }

  like(id: string): string {
    for (let copy = this.#next.get(id) ?? 2; ; copy++) {
      const candidate = `${id}~${copy}`;
      if (this.#taken.has(candidate)) continue;
      this.#next.set(id, copy + 1);
      return candidate;
    }
  }
}
