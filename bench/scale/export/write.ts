import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import { conversation } from './conversation.ts';
import { type ExportSize, messagesPerConversation, textLength, toJson } from './plan.ts';

/** An export on disk. */
export interface WrittenExport {
  /** Bytes of JSON in it. */
  jsonBytes: number;
  conversations: number;
  messages: number;
}

/** As in exports since 2026. */
const CONVERSATIONS_PER_SHARD = 100;
const CHUNK = 1 << 20;

/** Writes an export: `json` is one conversations.json, `zip` has it in numbered shards. Holds one conversation at a time. */
export async function writeExport(file: string, container: 'json' | 'zip', size: ExportSize): Promise<WrittenExport> {
  const counts = messagesPerConversation(size);
  const length = textLength(size);
  let jsonBytes = 0;

  function* json(first: number, end: number): Generator<Buffer> {
    let waiting = '[';
    for (let index = first; index < end; index++) {
      const separator = index === first ? '' : ', ';
      waiting +=
        separator + toJson(conversation({ seed: size.seed, index, messages: counts[index] ?? 1, textLength: length }));
      if (waiting.length < CHUNK) continue;
      yield chunk(waiting);
      waiting = '';
    }
    yield chunk(`${waiting}]`);
  }
  // All of it is ASCII.
  const chunk = (text: string): Buffer => {
    jsonBytes += text.length;
    return Buffer.from(text, 'latin1');
  };

  if (container === 'json') await pipeline(Readable.from(json(0, counts.length)), createWriteStream(file));
  else {
    const zip = new yazl.ZipFile();
    const written = pipeline(zip.outputStream, createWriteStream(file));
    // One shard at a time, so that they are made one after the other and not all at once.
    for (let first = 0, shard = 0; first < counts.length; first += CONVERSATIONS_PER_SHARD, shard++) {
      const stream = Readable.from(json(first, Math.min(first + CONVERSATIONS_PER_SHARD, counts.length)));
      zip.addReadStream(stream, `conversations-${String(shard).padStart(3, '0')}.json`);
      await once(stream, 'close');
    }
    zip.end();
    await written;
  }
  return { jsonBytes, conversations: size.conversations, messages: size.messages };
}
