import type { ArchiveDocument } from '../../archive/document.ts';
import type { ArchiveView } from '../../archive/view.ts';
import { IssueLog } from '../../conversation/issues.ts';
import type { ParsedConversation } from '../../model.ts';
import { type ChatRecord, chatRecords } from '../chats/chat-records.ts';
import { MediaFiles } from '../chats/media-files.ts';
import { UnreadableMessages } from '../chats/refuse.ts';
import { chainByTime, type TimedMessage } from '../chats/timeline.ts';
import { finishConversation } from '../conversation.ts';
import type { FormatReader, ReadContext, Recognition } from '../reader.ts';
import { type ChannelFiles, groupByChannel, headOf } from './channel-files.ts';
import { describeChannel } from './channel-head.ts';
import { readMessage } from './message.ts';
import { PartCutter } from './part-cutter.ts';

const MESSAGES = { kind: 'member', key: 'messages' } as const;

/** Channels of Discord as DiscordChatExporter writes them, one JSON file each; see docs/formats/discord.md. */
export const discord: FormatReader = {
  name: 'discord-json',
  platform: 'discord',
  label: 'Discord export of DiscordChatExporter (JSON or ZIP)',
  recognise,
  async *read(archive, { documents }, context) {
    const media = new MediaFiles(archive);
    for (const files of await groupByChannel(archive, documents)) {
      for await (const part of partsOf({ files, media, purpose: 'keep' }, archive, context)) {
        yield { kind: 'conversation', conversation: finishPart(part, files) };
      }
    }
  },
  async survey(archive, { documents }, context) {
    const found = { parts: 0, readable: 0, unreadable: new UnreadableMessages() };
    for (const files of await groupByChannel(archive, documents)) {
      const wanted = { files, media: new MediaFiles({ documents: [] }), purpose: 'count' as const };
      for await (const { readable, unreadable } of partsOf(wanted, archive, context)) {
        found.parts++;
        found.readable += readable;
        for (const record of unreadable) found.unreadable.add(record);
      }
    }
    if (found.readable === 0) found.unreadable.refuseExport(context);
    return found.parts;
  },
};

async function recognise(archive: ArchiveView): Promise<Recognition | null> {
  const documents: ArchiveDocument[] = [];
  for (const document of archive.documents) {
    const mayBeJson = archive.container === 'file' || /\.json$/i.test(document.name);
    if (mayBeJson && (await headOf(archive, document)) !== null) documents.push(document);
  }
  const [first] = documents;
  if (!first) return null;
  const where = first.name === '$' ? 'the file' : `${documents.length} files, such as ${first.name}`;
  return { confidence: 0.95, reason: `a guild, a channel and its messages in ${where}`, documents };
}

/** Messages that cannot be read which are remembered as reasons, for an export in which none can. */
const MOST_REASONS = 100;

/** A channel, or as much of it as is held at once. */
interface Part {
  /** From 1. */
  number: number;
  /** Number of messages that can be read. */
  readable: number;
  /** These messages; none when they are only counted. */
  messages: TimedMessage[];
  log: IssueLog;
  /** Why messages could not be read. */
  unreadable: Set<ChatRecord>;
}

function emptyPart(number: number): Part {
  return { number, readable: 0, messages: [], log: new IssueLog(), unreadable: new Set() };
}

interface Wanted {
  files: ChannelFiles;
  media: MediaFiles;
  purpose: 'keep' | 'count';
}

/** At least one part, even without a message: the channel itself is worth keeping. */
async function* partsOf(
  { files, media, purpose }: Wanted,
  archive: ArchiveView,
  context: ReadContext,
): AsyncGenerator<Part> {
  const cutter = new PartCutter(context.limits.maxRecordBytes);
  // One damaged file of a ZIP costs no other; a file by itself was cut off on its way and is better sent again.
  const damage = archive.container === 'file' ? 'throw' : 'report';
  let part = emptyPart(1);
  for (const document of files.documents) {
    const place = { channelId: files.channelId, media: { files: media, document: document.name } };
    for await (const record of chatRecords(document, MESSAGES, context, { damage })) {
      const log = new IssueLog();
      log.issues.push(...record.issues);
      const timed = record.value && readMessage(record.value, record, place, log);
      if (timed && cutter.cutsBefore(record.size, timed.message.createdAt)) {
        yield part;
        part = emptyPart(part.number + 1);
      }
      count(part, timed, record);
      if (purpose === 'count') continue;
      part.log.issues.push(...log.issues);
      if (timed) part.messages.push(timed);
    }
  }
  yield part;
}

function count(part: Part, timed: TimedMessage | null, record: ChatRecord): void {
  if (timed) part.readable++;
  else if (part.unreadable.size < MOST_REASONS) part.unreadable.add(record);
}

function finishPart({ number, messages, log }: Part, { channelId, head, documents }: ChannelFiles): ParsedConversation {
  const description = describeChannel(head);
  const id = channelId === null || number === 1 ? channelId : `${channelId}~${messages[0]?.id}`;
  const metadata = number === 1 ? description.metadata : { ...description.metadata, part: number };
  const nodes = chainByTime(messages, log);
  return finishConversation(
    { location: documents[0]?.name ?? '$', log },
    { ...description, metadata, id, nodes, activeId: nodes.at(-1)?.id ?? null },
  );
}
