import { type ArchiveView, openArchive } from './archive/view.ts';
import { foreignDocuments } from './detection/foreign-documents.ts';
import { refusal } from './detection/refuse.ts';
import type { FormatReader, ReadContext, Recognition } from './formats/reader.ts';
import { type ArchiveLimits, DEFAULT_LIMITS } from './limits.ts';
import type { ParsedRecord } from './model.ts';
import { FORMATS } from './registry.ts';
import type { ByteSource } from './source.ts';

/** What an archive was recognised as. */
export interface Detection {
  /** Name of the reader, such as `chatgpt-json`. */
  format: string;
  /** Name of the platform, such as `chatgpt`. */
  platform: string;
  /** 0..1. */
  confidence: number;
  reason: string;
}

export interface ArchiveSurvey {
  format: string;
  platform: string;
  /**
   * Records in the archive: each becomes one conversation or, when it cannot be read, one issue. Documents that are passed
   * over are no records.
   */
  conversationCount: number;
}

export interface ReadOptions {
  /** Name of the reader to use; without it the content decides. */
  format?: string;
  /** The name the file was uploaded under: used in messages and titles, never to choose a reader. */
  fileName?: string;
  limits?: Partial<ArchiveLimits>;
  signal?: AbortSignal;
}

interface Opened {
  archive: ArchiveView;
  reader: FormatReader;
  recognition: Recognition;
  context: ReadContext;
}

/**
 * Recognises an archive by its content; of two equally sure readers the one of `hint.platform` is taken.
 * Looks at beginnings only: whether the archive is whole is for `surveyArchive` to find out.
 * Throws an ArchiveError; UnsupportedFormatError names what was recognised instead.
 */
export async function detectFormat(
  source: ByteSource,
  hint: { fileName?: string; platform?: string; limits?: Partial<ArchiveLimits> } = {},
): Promise<Detection> {
  const { reader, recognition } = await open(source, hint, hint.platform);
  const { confidence, reason } = recognition;
  return { format: reader.name, platform: reader.platform, confidence, reason };
}

/**
 * Reads an archive: conversations and issues in its order, one conversation in memory at a time. Before them come issues
 * about the documents of a ZIP that belong to another format and are passed over.
 * A record that cannot be read is an issue; damage around the records is an ArchiveError, thrown where it is met.
 */
export async function* readArchive(source: ByteSource, options: ReadOptions = {}): AsyncGenerator<ParsedRecord> {
  const { archive, reader, recognition, context } = await open(source, options);
  for await (const issue of foreignDocuments(archive, reader, recognition, FORMATS)) yield { kind: 'issue', issue };
  yield* reader.read(archive, recognition, context);
}

/**
 * Checks the whole archive (directory, checksums, JSON structure, limits) and counts its records without keeping
 * anything. Throws the ArchiveError a broken archive deserves, so that nothing of it needs to be stored first.
 */
export async function surveyArchive(source: ByteSource, options: ReadOptions = {}): Promise<ArchiveSurvey> {
  const { archive, reader, recognition, context } = await open(source, options);
  const conversationCount = await reader.survey(archive, recognition, context);
  return { format: reader.name, platform: reader.platform, conversationCount };
}

async function open(source: ByteSource, options: ReadOptions, platform?: string): Promise<Opened> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const archive = await openArchive(source, limits, options.fileName);
  const readers = FORMATS.filter(({ name }) => options.format === undefined || name === options.format);
  let best: { reader: FormatReader; recognition: Recognition } | null = null;
  for (const reader of readers) {
    options.signal?.throwIfAborted();
    const recognition = await reader.recognise(archive);
    if (recognition === null) continue;
    const lead = recognition.confidence - (best?.recognition.confidence ?? 0);
    if (lead > 0 || (lead === 0 && reader.platform === platform)) best = { reader, recognition };
  }
  if (best === null) throw await refusal(archive, options.fileName);
  return { archive, ...best, context: { limits, signal: options.signal } };
}
