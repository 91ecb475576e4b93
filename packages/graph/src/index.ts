export type { GraphConfig, GraphLog } from './connection/config.ts';
export type { GraphTransaction } from './connection/executor.ts';
export * from './errors.ts';
export { type Graph, openGraph } from './graph.ts';
export type * from './model.ts';
export type { GraphEdge, GraphNode } from './reads/listing.ts';
