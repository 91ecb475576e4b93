import type { ArchiveDocument } from '../../archive/document.ts';
import { LimitExceededError } from '../../errors.ts';
import { type Excess, type Refusal, RefusedRecords } from '../beyond-limits.ts';
import type { ReadContext } from '../reader.ts';
import { splitLines } from '../split-lines.ts';
import { readLine } from './read-line.ts';
import type { Placement, SessionReading } from './session-format.ts';

/** Where the lines of one session are. Lines are numbered through all documents, from 1. */
export interface SessionEntry {
  key: string;
  /** Null when no line names the session. */
  id: string | null;
  first: number;
  last: number;
  bytes: number;
  messages: number;
  /** Of the first line. */
  location: string;
}

/** What is where in an archive, without its content. */
export interface SessionIndex {
  sessions: Map<string, SessionEntry>;
  documents: DocumentEntry[];
  /** Lines that are no JSON object. */
  broken: number;
  /** Lines that exceed a limit. */
  refused: RefusedRecords;
}

export interface DocumentEntry {
  document: ArchiveDocument;
  /** Number of the last line before the document. */
  base: number;
  /** Number of its last line. */
  end: number;
  /** The session that the first lines belong to when they name none; null when the document has no session. */
  leader: string | null;
  /** Whether it has lines, and none of them belongs to a session. */
  isUnclaimed: boolean;
}

/** An index entry takes some hundred bytes; no person has held this many sessions. */
const MAX_SESSIONS = 200_000;

type Lines = Omit<SessionEntry, 'key' | 'id'>;

/** Reads all documents once. Throws LimitExceededError when there are too many sessions to list. */
export async function indexSessions(
  reading: SessionReading,
  documents: readonly ArchiveDocument[],
  context: ReadContext,
): Promise<SessionIndex> {
  const index: SessionIndex = { sessions: new Map(), documents: [], broken: 0, refused: new RefusedRecords() };
  let base = 0;
  for (const document of documents) {
    const entry = await indexDocument(index, reading, document, base, context);
    index.documents.push(entry);
    base = entry.end;
  }
  return index;
}

async function indexDocument(
  index: SessionIndex,
  reading: SessionReading,
  document: ArchiveDocument,
  base: number,
  context: ReadContext,
): Promise<DocumentEntry> {
  const place = reading.sorter();
  const entry: DocumentEntry = { document, base, end: base, leader: null, isUnclaimed: false };
  let leading: Lines | null = null;
  let current: string | null = null;
  for await (const source of splitLines(document, context)) {
    entry.end = base + source.number;
    const read = readLine(source, context.limits);
    if (read.kind === 'issue') addUnreadable(index, read.refused);
    if (read.kind !== 'object') continue;
    reading.observe(read.line.value);
    const placement = place(read.line.value);
    const lines = linesOf(entry.end, source.size, source.location, placement);
    current = placement.session ?? current;
    if (current === null) {
      leading = leading === null ? lines : joined(leading, lines);
      continue;
    }
    if (entry.leader === null && leading !== null) addLines(index, current, current, leading);
    entry.leader ??= current;
    addLines(index, current, current, lines);
  }
  if (entry.leader === null && leading !== null && leading.messages > 0) {
    entry.leader = `document:${document.name}`;
    addLines(index, entry.leader, null, leading);
  }
  entry.isUnclaimed = entry.leader === null && leading !== null;
  return entry;
}

function addUnreadable(index: SessionIndex, refused: Refusal | Excess | null): void {
  if (refused === null) index.broken++;
  else if (typeof refused === 'string') index.refused.addExcess(refused);
  else index.refused.add(refused);
}

function linesOf(number: number, bytes: number, location: string, { isMessage }: Placement): Lines {
  return { first: number, last: number, bytes, messages: isMessage ? 1 : 0, location };
}

function joined(earlier: Lines, later: Lines): Lines {
  return {
    first: earlier.first,
    last: later.last,
    bytes: earlier.bytes + later.bytes,
    messages: earlier.messages + later.messages,
    location: earlier.location,
  };
}

function addLines({ sessions }: SessionIndex, key: string, id: string | null, lines: Lines): void {
  const known = sessions.get(key);
  if (known) {
    Object.assign(known, joined(known, lines));
    return;
  }
  if (sessions.size === MAX_SESSIONS) {
    const message = `The archive holds more than ${MAX_SESSIONS} sessions.`;
    throw new LimitExceededError('LIMIT_EXCEEDED_SESSIONS', message, MAX_SESSIONS);
  }
  sessions.set(key, { key, id, ...lines });
}
