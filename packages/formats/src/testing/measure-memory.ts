/**
 * A process of its own that reads exports of hundreds of megabytes, and prints of each what came of it and how much
 * memory the process has taken at most so far: one JSON line per case. Run by hostile-memory.test.ts.
 */
import { readFileSync } from 'node:fs';
import { ArchiveError } from '../errors.ts';
import { readArchive, surveyArchive } from '../read.ts';
import { checksumOf, generatedSource, type Piece } from './generated-source.ts';
import { READER_SAMPLES } from './reader-samples.ts';
import { writeZip } from './write-zip.ts';

const MEGABYTE = 1_000_000;

/** What the parent process is told of a case. */
export interface Measured {
  name: string;
  /** Of the error that refused the export; null when it was read to its end. */
  code: string | null;
  conversations: number;
  /** Codes of the issues, each once. */
  issues: string[];
  /** Largest resident set of the process so far, in bytes. */
  peakBytes: number;
}

/** The pieces of a sample around a text of `length` bytes. */
function grown(reader: string, length: number): Piece[] {
  const sample = READER_SAMPLES.find((each) => each.reader === reader);
  if (!sample) throw new Error(`There is no sample for ${reader}.`);
  const [before = '', after = ''] = sample.document('@').split('@');
  return between(before, 'x', length, after);
}

function between(before: string, pattern: string, length: number, after: string): Piece[] {
  return [Buffer.from(before), { pattern, length: length - (length % pattern.length) }, Buffer.from(after)];
}

/** The pieces as a stored entry of a ZIP. */
async function zipped(name: string, pieces: readonly Piece[]): Promise<Piece[]> {
  const data = Buffer.from('#');
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const zip = writeZip([{ name, data, stored: true, crc: await checksumOf(pieces), declaredSize: length }]);
  const start = zip.indexOf('#', 30 + name.length);
  const directory = zip.indexOf('PK\u0001\u0002', start, 'latin1');
  for (const header of [0, directory + 2]) zip.writeUInt32LE(length, header + 18);
  zip.writeUInt32LE(zip.readUInt32LE(zip.length - 6) + length - 1, zip.length - 6);
  return [zip.subarray(0, start), ...pieces, zip.subarray(start + 1)];
}

const message =
  '{"uuid":"a","sender":"human","text":"Hello, how are the herbs? They grow well in the sun.","content":[]},';
/** A conversation of Claude up to its messages. */
const conversation = '{"uuid":"c","name":"n","chat_messages":[';

const CASES: Record<string, () => Piece[] | Promise<Piece[]>> = {
  'a text of 200 MB': () => grown('chatgpt-json', 200 * MEGABYTE),
  'a key of 200 MB in a record': () => between(`[${conversation}],"`, 'k', 200 * MEGABYTE, `":1},${conversation}]}]`),
  'a key of 200 MB around records': () =>
    between(`{"conversations":[${conversation}]}],"`, 'k', 200 * MEGABYTE, '":1}'),
  'a value of 200 MB that is raw only': () =>
    between(`[${conversation}],"unknown":"`, 'y', 200 * MEGABYTE, `"},${conversation}]}]`),
  'a record of 300 MB in a ZIP': () =>
    zipped('conversations.json', between(`[${conversation}`, message, 300 * MEGABYTE, '{}]}]')),
  'white space of 50 MB': () => between(`[${conversation}]},`, ' ', 50 * MEGABYTE, `${conversation}]}]`),
  'a line of 200 MB': () => grown('colloquy-jsonl', 200 * MEGABYTE),
  'a chat of 200 MB': () => between('12/30/20, 9:41 PM - Ann: a\n', '12/30/20, 9:41 PM - Ann: a\n', 200 * MEGABYTE, ''),
  'a list of 150 MB in a list': () =>
    between(
      '{"about":"x","chats":{"list":[{"type":"personal_chat","id":1,"messages":[',
      '{"id":1,"text":"a"},',
      150 * MEGABYTE,
      '{}]}]}}',
    ),
  'five million empty messages': () => between(`[${conversation}`, '{},', 15 * MEGABYTE, '{}]}]'),
  'five million values beside the messages': () => between(`[${conversation}],"x":[`, '0,', 10 * MEGABYTE, '0]}]'),
  'five million values in a message': () => between(`[${conversation}[`, '[],', 15 * MEGABYTE, '0]]}]'),
  'five million values in a line': () =>
    between('{"type":"header","format":"colloquy","version":1}\n{"x":[', '{},', 15 * MEGABYTE, '0]}\n'),
  '300,000 empty records': () => between(`[${conversation}]},`, '{},', 900_000, `${conversation}]}]`),
};

async function measure(name: string, pieces: readonly Piece[]): Promise<Measured> {
  const source = generatedSource(pieces);
  const issues = new Set<string>();
  let conversations = 0;
  let code: string | null = null;
  try {
    await surveyArchive(source);
    for await (const record of readArchive(source)) {
      if (record.kind === 'conversation') conversations++;
      const found = record.kind === 'issue' ? [record.issue] : record.conversation.issues;
      for (const issue of found) issues.add(issue.code);
    }
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    code = error.code;
  }
  return { name, code, conversations, issues: [...issues], peakBytes: peakBytes() };
}

function peakBytes(): number {
  const kibibytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(kibibytes) * 1024;
}

for (const [name, pieces] of Object.entries(CASES)) {
  process.stdout.write(`${JSON.stringify(await measure(name, await pieces()))}\n`);
}
