import type { ParsedRecord } from '../../model.ts';
import type { ReadContext } from '../reader.ts';
import { splitLines } from '../split-lines.ts';
import { readLine } from './read-line.ts';
import { refusalOf } from './refusal.ts';
import type { SessionBuilder, SessionReading } from './session-format.ts';
import type { DocumentEntry, SessionEntry, SessionIndex } from './session-index.ts';

interface Round {
  reading: SessionReading;
  index: SessionIndex;
  wanted: ReadonlySet<SessionEntry>;
  open: Map<SessionEntry, SessionBuilder>;
  /** The first round also yields the issues of the archive. */
  isFirst: boolean;
}

/** One reading of the archive: yields the given sessions, each as soon as its last line is read. */
export async function* readRound(
  reading: SessionReading,
  index: SessionIndex,
  sessions: readonly SessionEntry[],
  { isFirst }: Pick<Round, 'isFirst'>,
  context: ReadContext,
): AsyncGenerator<ParsedRecord> {
  const round: Round = { reading, index, wanted: new Set(sessions), open: new Map(), isFirst };
  const from = sessions.reduce((first, session) => Math.min(first, session.first), Number.POSITIVE_INFINITY);
  const to = sessions.reduce((last, session) => Math.max(last, session.last), 0);
  for (const entry of index.documents) {
    if (isFirst || (entry.base < to && entry.end >= from)) yield* readDocument(round, entry, context);
  }
}

async function* readDocument(round: Round, entry: DocumentEntry, context: ReadContext): AsyncGenerator<ParsedRecord> {
  const { reading, index, isFirst } = round;
  const { document, base, leader, isUnclaimed } = entry;
  const place = reading.sorter();
  let current = leader;
  for await (const source of splitLines(document, context)) {
    const read = readLine(source, context.limits);
    if (read.kind === 'issue' && isFirst) yield { kind: 'issue', issue: read.issue };
    if (read.kind !== 'object') continue;
    current = place(read.line.value).session ?? current;
    const session = current === null ? undefined : index.sessions.get(current);
    if (!session) continue;
    const number = base + source.number;
    if (isFirst && number === session.first) yield* refused(session, context);
    if (!round.wanted.has(session)) continue;
    const builder = builderOf(round, session);
    builder.add(read.line, document.name);
    if (number !== session.last) continue;
    round.open.delete(session);
    yield { kind: 'conversation', conversation: builder.finish() };
  }
  if (isFirst && isUnclaimed) {
    const message = 'The file holds no message of a session.';
    yield { kind: 'issue', issue: { code: 'MISSING_MESSAGES', location: document.name, message } };
  }
}

function* refused(session: SessionEntry, { limits }: ReadContext): Generator<ParsedRecord> {
  const issue = refusalOf(session, limits);
  if (issue !== null) yield { kind: 'issue', issue };
}

function builderOf({ open, reading }: Round, session: SessionEntry): SessionBuilder {
  const builder = open.get(session) ?? reading.openSession(session.id);
  open.set(session, builder);
  return builder;
}
