import type { ArchiveView } from '../../archive/view.ts';
import type { JsonObject } from '../../json/values.ts';
import type { ParsedConversation } from '../../model.ts';
import type { SessionLine } from './read-line.ts';

/** What a vendor's format of sessions in JSON Lines has to say about itself. */
export interface JsonLinesFormat {
  name: string;
  platform: string;
  label: string;
  /** What the sessions are called in a reason, such as "Codex sessions". */
  sessions: string;
  /** Whether an object is surely a line of this format; it may be cut off behind its first members. */
  isLine(value: JsonObject): boolean;
  /** Begins the reading of one archive. */
  open(archive: ArchiveView): SessionReading;
}

/** Where a line belongs. */
export interface Placement {
  /** The session that the line names; null when it names none and goes with the lines around it. */
  session: string | null;
  /** Whether the line becomes a message. */
  isMessage: boolean;
}

/** The reading of one archive: every line passes `observe` before the first session is opened. */
export interface SessionReading {
  /** Keeps what a line says about other sessions than its own, such as a title. */
  observe(line: JsonObject): void;
  /** Places the lines of one document, given in order. Equal documents are placed equally, each time. */
  sorter(): (line: JsonObject) => Placement;
  /** Begins a session; `id` is null when no line of it names one. */
  openSession(id: string | null): SessionBuilder;
}

/** Gathers the lines of one session. */
export interface SessionBuilder {
  add(line: SessionLine, documentName: string): void;
  /** Called once, after at least one line that is a message. */
  finish(): ParsedConversation;
}
