/** What a deletion removed, by store. Numbers of rows, objects, nodes, edges and vectors; `objectBytes` in bytes. */
export interface DeletionCounts {
  conversations: number;
  messages: number;
  /** Texts that messages had before the ones they have. */
  revisions: number;
  attachments: number;
  items: number;
  relations: number;
  chunks: number;
  /** Vectors in PostgreSQL that no other text of the tenant uses. */
  embeddings: number;
  objects: number;
  objectBytes: number;
  graphNodes: number;
  graphEdges: number;
  /** In the search store. */
  vectors: number;
}

export const COUNT_COLUMNS: Readonly<Record<keyof DeletionCounts, string>> = {
  conversations: 'conversations',
  messages: 'messages',
  revisions: 'revisions',
  attachments: 'attachments',
  items: 'items',
  relations: 'relations',
  chunks: 'chunks',
  embeddings: 'embeddings',
  objects: 'objects',
  objectBytes: 'object_bytes',
  graphNodes: 'graph_nodes',
  graphEdges: 'graph_edges',
  vectors: 'vectors',
};
export const COUNTED = Object.keys(COUNT_COLUMNS) as (keyof DeletionCounts)[];

/** Adds up what several parts of a step removed. */
export function sumCounts(...parts: readonly Partial<DeletionCounts>[]): Partial<DeletionCounts> {
  const sum: Partial<DeletionCounts> = {};
  for (const part of parts) {
    for (const name of COUNTED) if (part[name]) sum[name] = (sum[name] ?? 0) + part[name];
  }
  return sum;
}
