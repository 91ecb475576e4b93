import type { ArchiveDocument } from '../../archive/document.ts';
import type { ArchiveView } from '../../archive/view.ts';
import { asObject, asText, type JsonObject, objectsIn } from '../../json/values.ts';

/** The files of one channel: the exporter can cut a long one into parts, and a person can export it again and again. */
export interface ChannelFiles {
  /** Null when the export does not say. */
  channelId: string | null;
  /** What stands around the messages of the first file. */
  head: JsonObject;
  /** By the first message in each. */
  documents: readonly ArchiveDocument[];
}

interface OneFile {
  document: ArchiveDocument;
  channelId: string | null;
  head: JsonObject;
  firstId: string;
}

/** What stands around the messages of one channel, and the first of these; null when the JSON is no such export. */
export async function headOf(archive: ArchiveView, document: ArchiveDocument): Promise<JsonObject | null> {
  const sketch = await archive.sketch(document);
  const root = sketch.kind === 'json' ? asObject(sketch.root) : null;
  const isExport = asObject(root?.guild) !== null && asObject(root?.channel) !== null && Array.isArray(root?.messages);
  return isExport ? root : null;
}

/** The files of an archive, channel by channel, in the order of the archive. */
export async function groupByChannel(
  archive: ArchiveView,
  documents: readonly ArchiveDocument[],
): Promise<ChannelFiles[]> {
  const files: OneFile[] = [];
  for (const document of documents) {
    const { messages, ...head } = (await headOf(archive, document)) ?? {};
    const channelId = asText(asObject(head.channel)?.id);
    files.push({ document, channelId, head, firstId: asText(objectsIn(messages)[0]?.id) ?? '' });
  }
  const groups = Map.groupBy(files, ({ channelId, document }) => channelId ?? document);
  return [...groups.values()].map((group) => {
    const sorted = group.toSorted(byFirstMessage);
    const { channelId, head } = sorted[0] as OneFile;
    return { channelId, head, documents: sorted.map(({ document }) => document) };
  });
}

/** Ids count upwards with time, and so do their lengths. */
function byFirstMessage(a: OneFile, b: OneFile): number {
  if (a.firstId.length !== b.firstId.length) return a.firstId.length - b.firstId.length;
  return a.firstId < b.firstId ? -1 : a.firstId > b.firstId ? 1 : 0;
}
