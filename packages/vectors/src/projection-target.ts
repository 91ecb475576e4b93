/** A space of vectors. An `EmbeddingVersion` of @colloquy/embedding is one. */
export interface VectorSpace {
  readonly id: string;
  readonly dimensions: number;
}

/** One generation of one tenant's projection, in the collection of one embedding version. */
export interface ProjectionTarget {
  readonly tenantId: string;
  /** Grows with each rebuild of this tenant's projection. */
  readonly generation: number;
  /** Id of the embedding version. */
  readonly version: string;
}

/** Embedding version -> collection name: a capital letter, then letters, digits and underscores. */
export function collectionName(version: string): string {
  return `IntelligenceChunk_${version.replace(/[^A-Za-z0-9]+/gu, '_')}`;
}

/** Weaviate's own tenant that holds the target's chunks. */
export function weaviateTenant(target: Pick<ProjectionTarget, 'tenantId' | 'generation'>): string {
  return `${target.tenantId}_${target.generation}`;
}
