import type { ArchiveDocument } from '../../archive/document.ts';
import { baseName, dayOf, folderOf } from './documents.ts';
import type { SlackChannel, Workspace } from './workspace.ts';

/** The days of a channel that make one conversation: all of them, unless they are too many to be held at once. */
export interface ChannelPart {
  externalId: string;
  /** Name of the folder: that of the channel, or its id. */
  folder: string;
  /** Null when no list names the folder. */
  channel: SlackChannel | null;
  /** In the order of time. */
  days: ArchiveDocument[];
  /** From 1; later parts go on where the one before ends. */
  number: number;
}

const CHANNEL_ID = /^[CDG][A-Z0-9]{7,}$/;

/**
 * The conversations of an export, in the order of its archive. Days with more bytes than `maxBytes` together are split at
 * the start of a month, so that the parts of a channel stay the same when it grows; the first one keeps the id of the
 * channel.
 */
export function partsOfChannels(
  days: readonly ArchiveDocument[],
  workspace: Workspace,
  maxBytes: number,
): ChannelPart[] {
  const channels = Map.groupBy(days, ({ name }) => idOf(folderOf(name), workspace));
  return [...channels].flatMap(([externalId, own]) => {
    const path = folderOf(own[0]?.name ?? '');
    const channel = workspace.channelsByFolder.get(path) ?? null;
    return splitDays(own.toSorted(byDay), maxBytes).map((part, index) => ({
      externalId: index === 0 ? externalId : `${externalId}~${part[0] ? dayOf(part[0]) : index}`,
      folder: baseName(path),
      channel,
      days: part,
      number: index + 1,
    }));
  });
}

/** A folder that no list names is known by its name, which is unique within the workspace. */
function idOf(path: string, { channelsByFolder, teamId }: Workspace): string {
  const id = channelsByFolder.get(path)?.id;
  if (id !== undefined) return id;
  const folder = baseName(path);
  return CHANNEL_ID.test(folder) ? folder : `folder:${teamId ?? ''}/${folder}`;
}

function byDay(a: ArchiveDocument, b: ArchiveDocument): number {
  const [left, right] = [dayOf(a), dayOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function splitDays(days: readonly ArchiveDocument[], maxBytes: number): ArchiveDocument[][] {
  const months = Map.groupBy(days, (day) => dayOf(day).slice(0, 7));
  // A month that is too large by itself is split into its days.
  const units = [...months.values()].flatMap((month) =>
    bytesOf(month) > maxBytes ? month.map((day) => [day]) : [month],
  );
  const parts: ArchiveDocument[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const unit of units) {
    bytes += bytesOf(unit);
    const open = parts.at(-1);
    if (open && bytes <= maxBytes) {
      open.push(...unit);
    } else {
      parts.push([...unit]);
      bytes = bytesOf(unit);
    }
  }
  return parts;
}

function bytesOf(documents: readonly ArchiveDocument[]): number {
  return documents.reduce((sum, { size }) => sum + size, 0);
}
