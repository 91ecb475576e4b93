import type { ArchiveDocument } from '../../archive/document.ts';
import type { ArchiveView } from '../../archive/view.ts';
import { asText, type JsonObject, objectsIn } from '../../json/values.ts';
import type { Recognition } from '../reader.ts';
import { baseName, channelKindOf, folderOf, isDay, isUserList } from './documents.ts';

/** Days that are looked at until one shows a message. */
const MAX_DAYS_LOOKED_AT = 20;

/** Judges by the messages in the days; a list of channels beside one of users makes an export without messages known. */
export async function recogniseSlack(archive: ArchiveView): Promise<Recognition | null> {
  if (archive.container !== 'zip') return null;
  const days = archive.documents.filter(isDay);
  const channelLists = archive.documents.filter((document) => channelKindOf(document) !== null);
  const lists = await listsOf(archive, [...channelLists, ...archive.documents.filter(isUserList)]);
  const hasChannels = lists.some((list) => channelKindOf(list) !== null);
  for (const day of days.slice(0, MAX_DAYS_LOOKED_AT)) {
    const elements = await elementsOf(archive, day);
    if (!elements?.some(isSlackMessage)) continue;
    const folders = new Set(days.map(({ name }) => folderOf(name))).size;
    const reason = `${days.length} days of messages in ${folders} channels, such as ${day.name}`;
    return { confidence: hasChannels ? 0.98 : 0.9, reason, documents: days };
  }
  if (!hasChannels || !lists.some(isUserList)) return null;
  const names = lists.map(({ name }) => baseName(name)).join(' and ');
  return { confidence: 0.7, reason: `${names}, as Slack exports have them`, documents: days };
}

/** Of the documents with the names of Slack's lists, those that are lists of objects with ids, or empty. */
async function listsOf(archive: ArchiveView, candidates: readonly ArchiveDocument[]): Promise<ArchiveDocument[]> {
  const lists: ArchiveDocument[] = [];
  for (const candidate of candidates) {
    const elements = await elementsOf(archive, candidate);
    const isEmpty = elements?.length === 0;
    if (isEmpty || elements?.some((element) => asText(element.id) !== null)) lists.push(candidate);
  }
  return lists;
}

async function elementsOf(archive: ArchiveView, document: ArchiveDocument): Promise<JsonObject[] | null> {
  const sketch = await archive.sketch(document);
  return sketch.kind === 'json' && Array.isArray(sketch.root) ? objectsIn(sketch.root) : null;
}

function isSlackMessage(value: JsonObject): boolean {
  return /^\d{6,}\.\d+$/.test(asText(value.ts) ?? '') && ('type' in value || 'user' in value || 'text' in value);
}
