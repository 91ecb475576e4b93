import { isUtf8 } from 'node:buffer';
import type { ArchiveDocument } from '../../archive/document.ts';
import type { ReadContext } from '../reader.ts';
import { splitLines } from '../split-lines.ts';
import { type Dialect, DialectSurvey } from './dialect.ts';
import { type Head, parseHead } from './head.ts';

/** A message as the file has it: a line with a head, and the lines up to the next head. */
export interface Entry {
  /** Null for what stands above the first head. */
  head: Head | null;
  /** The lines, joined by line feeds; line ends of Windows are normalised. */
  source: string;
  /** Number of the first line, from 1. */
  line: number;
  /** Whether bytes that are not UTF-8 were replaced by U+FFFD. */
  isDamaged: boolean;
}

/** Finds out how a file writes its heads; null when it is no chat. Reads the file to its end. */
export async function surveyChat(document: ArchiveDocument, context: ReadContext): Promise<Dialect | null> {
  const survey = new DialectSurvey();
  for await (const { bytes } of splitLines(document, context)) {
    if (bytes !== null) survey.add(bytes.toString('utf8'));
  }
  return survey.decide();
}

/** The messages of a file in its order. Only lines in the file's own manner begin one. */
export async function* readEntries(
  document: ArchiveDocument,
  { manner }: Pick<Dialect, 'manner'>,
  context: ReadContext,
): AsyncGenerator<Entry> {
  let entry: { head: Head | null; lines: string[]; line: number; isDamaged: boolean } | null = null;
  for await (const { bytes, number } of splitLines(document, context)) {
    if (bytes === null) continue;
    const text = bytes.toString('utf8');
    const parsed = parseHead(text);
    const head = parsed?.manner === manner ? parsed : null;
    if (entry === null || head !== null) {
      if (entry !== null) yield finish(entry);
      entry = { head, lines: [], line: number, isDamaged: false };
    }
    entry.lines.push(text);
    if (!isUtf8(bytes)) entry.isDamaged = true;
  }
  if (entry !== null) yield finish(entry);
}

function finish({ lines, ...rest }: { head: Head | null; lines: string[]; line: number; isDamaged: boolean }): Entry {
  return { ...rest, source: lines.join('\n').trimEnd() };
}
