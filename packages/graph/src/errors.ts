/** Base of every error that this package throws on purpose. */
export abstract class GraphError extends Error {
  abstract readonly code: string;
}

/** Neo4j does not answer: not there, not ready, or hanging. Whoever asked may ask again later. */
export class GraphUnavailableError extends GraphError {
  override readonly name = 'GraphUnavailableError';
  readonly code = 'STORE_UNAVAILABLE';
  readonly store = 'neo4j';
  constructor(cause: unknown) {
    super('Neo4j does not answer.', { cause });
  }
}

/** Neo4j answers, but gave this query up: it took too long or too much memory. */
export class GraphQueryTooLargeError extends GraphError {
  override readonly name = 'GraphQueryTooLargeError';
  readonly code = 'QUERY_TOO_LARGE';
  constructor(cause: unknown) {
    super('The query walks through too much of the graph.', { cause });
  }
}

/** A node with one of these ids exists and belongs to another tenant. Nothing was written. */
export class ForeignIdError extends GraphError {
  override readonly name = 'ForeignIdError';
  readonly code = 'FOREIGN_ID';
  constructor(cause: unknown) {
    super('An id of this projection is taken by another tenant.', { cause });
  }
}

/** A projection that contradicts itself. Nothing was written. */
export class InvalidProjectionError extends GraphError {
  override readonly name = 'InvalidProjectionError';
  readonly code = 'INVALID_PROJECTION';
}

/** A write to, or a swap of, a next generation while none is being built: call `beginNext` first. */
export class NoNextGenerationError extends GraphError {
  override readonly name = 'NoNextGenerationError';
  readonly code = 'NO_NEXT_GENERATION';
  constructor(tenantId: string) {
    super(`No next generation is being built for tenant ${tenantId}.`);
  }
}
