import type { ParsedRecord } from '../../model.ts';
import type { FormatReader } from '../reader.ts';
import { planRounds } from './plan-rounds.ts';
import { readRound } from './read-round.ts';
import { recogniseLines } from './recognise.ts';
import { refusalOf, refuseIfNothingCanBeRead } from './refusal.ts';
import type { JsonLinesFormat } from './session-format.ts';
import { indexSessions } from './session-index.ts';

/**
 * The reader of a format in which a session is a row of JSON lines: in a file of its own, in several files of a ZIP, or
 * mixed with others in one file. The archive is read twice: to find out where each session ends, and to read them.
 */
export function jsonLinesSessions(format: JsonLinesFormat): FormatReader {
  return {
    name: format.name,
    platform: format.platform,
    label: format.label,
    recognise: (archive) => recogniseLines(format, archive),
    async *read(archive, { documents }, context): AsyncGenerator<ParsedRecord> {
      const reading = format.open(archive);
      const index = await indexSessions(reading, documents, context);
      const readable = [...index.sessions.values()].filter((session) => refusalOf(session, context.limits) === null);
      const [first = [], ...more] = planRounds(readable, context.limits.maxRecordBytes);
      yield* readRound(reading, index, first, { isFirst: true }, context);
      for (const sessions of more) yield* readRound(reading, index, sessions, { isFirst: false }, context);
    },
    async survey(archive, { documents }, context) {
      const index = await indexSessions(format.open(archive), documents, context);
      refuseIfNothingCanBeRead(index, context.limits);
      const unclaimed = index.documents.filter(({ isUnclaimed }) => isUnclaimed).length;
      return index.sessions.size + index.broken + index.refused.count + unclaimed;
    },
  };
}
