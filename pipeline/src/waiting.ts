import { EmbedderUnavailableError } from '@colloquy/embedding';
import { GraphUnavailableError } from '@colloquy/graph';
import { ObjectStoreError } from '@colloquy/objects';
import { VectorStoreUnavailableError } from '@colloquy/vectors';

const AWAY: ReadonlySet<string> = new Set(['OBJECT_STORE_UNAVAILABLE', 'OBJECT_STORE_FULL']);

/** A part that the stage needs is away. The stage keeps what it has, says what it waits for, and goes on later. */
export class WaitingError extends Error {
  override readonly name = 'WaitingError';
  readonly code = 'WAITING';
  /** The part and why, in words for a person. */
  readonly waitingFor: string;

  constructor(waitingFor: string, options?: ErrorOptions) {
    super(waitingFor, options);
    this.waitingFor = waitingFor;
  }
}

/** The part of the system that is away, and why, in words for a person; null for every other error. */
export function awaitedPart(error: unknown): string | null {
  if (error instanceof WaitingError) return error.waitingFor;
  if (error instanceof GraphUnavailableError) return `Neo4j: ${error.message}`;
  if (error instanceof VectorStoreUnavailableError) return `Weaviate: ${error.message}`;
  if (error instanceof EmbedderUnavailableError) return `embedding model: ${error.message}`;
  if (error instanceof ObjectStoreError && AWAY.has(error.code)) return `object store: ${error.message}`;
  return null;
}
