import type { ExtractionEvent } from '@colloquy/database';

/** An event of the log, and the UUID of its session. */
export interface ProgressEvent extends ExtractionEvent {
  sessionId: string;
}
