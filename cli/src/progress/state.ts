import type { ProgressEvent } from '../operations/progress.ts';
import { RateMeter } from './rate.ts';

/** What is known of one file's import at a moment; a bar and a plain line are two pictures of it. */
export interface ProgressState {
  /** What the bar is of: a file's name. */
  label: string;
  /** READING and UPLOADING before the platform's own stages. */
  stage: string;
  status: string;
  /** 0..1, of the reading, of the upload, or of the whole session. */
  fraction: number;
  done: number;
  total: number | null;
  /** Whether `done` and `total` are bytes. */
  inBytes: boolean;
  /** Units of the stage per second. */
  rate: number | null;
  etaSeconds: number | null;
  waitingFor: string | null;
  counts: { conversations: number; messages: number; items: number; issues: number } | null;
}

/** Follows one file from its first byte to the last event of its session. */
export class ProgressTracker {
  readonly #meter = new RateMeter();
  #state: ProgressState;

  constructor(label: string) {
    this.#state = {
      label,
      stage: 'READING',
      status: 'PENDING',
      fraction: 0,
      done: 0,
      total: null,
      inBytes: true,
      rate: null,
      etaSeconds: null,
      waitingFor: null,
      counts: null,
    };
  }

  get state(): ProgressState {
    return this.#state;
  }

  /** Bytes read or sent at `at` (milliseconds). */
  bytes(stage: 'READING' | 'UPLOADING', done: number, total: number, at: number): ProgressState {
    const rate = this.#meter.add(stage, done, at);
    const etaSeconds = rate ? (total - done) / rate : null;
    const fraction = total === 0 ? 1 : done / total;
    this.#state = { ...this.#state, stage, done, total, fraction, rate, etaSeconds, inBytes: true };
    return this.#state;
  }

  /** The platform has all bytes, and a session for them whose first event is still to come. */
  sent(session: { stage: string; status: string; fraction: number }): ProgressState {
    const { stage, status, fraction } = session;
    const nothingKnown = { done: 0, total: null, rate: null, etaSeconds: null, inBytes: false };
    this.#state = { ...this.#state, ...nothingKnown, stage, status, fraction };
    return this.#state;
  }

  /** An event of the session's log. */
  event(event: ProgressEvent): ProgressState {
    this.#state = {
      label: this.#state.label,
      stage: event.stage,
      status: event.status,
      fraction: event.fraction,
      done: event.stageDone,
      total: event.stageTotal,
      inBytes: false,
      rate: this.#meter.add(event.stage, event.stageDone, Date.parse(event.at)),
      etaSeconds: event.etaSeconds,
      waitingFor: event.waitingFor,
      counts: {
        conversations: event.conversationCount,
        messages: event.messageCount,
        items: event.itemCount,
        issues: event.issueCount,
      },
    };
    return this.#state;
  }
}
