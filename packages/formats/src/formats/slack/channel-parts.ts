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
 * The conversations of an export, in the order of its archive. The days of a channel are split where a month begins, once
 * they have half of `maxBytes`: what is before that month does not change any more, so the parts of a channel stay the same
 * when it grows. The first part keeps the id of the channel.
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

/** A month stays with the part it began in, so that it may grow; only `maxBytes` cuts at once. */
function splitDays(days: readonly ArchiveDocument[], maxBytes: number): ArchiveDocument[][] {
  const parts: ArchiveDocument[][] = [];
  let bytes = 0;
  let month = '';
  for (const day of days) {
    const isNewMonth = monthOf(day) !== month;
    const open = parts.at(-1);
    if (open && bytes + day.size <= maxBytes && !(isNewMonth && bytes >= maxBytes / 2)) {
      open.push(day);
      bytes += day.size;
    } else {
      parts.push([day]);
      bytes = day.size;
    }
    month = monthOf(day);
  }
  return parts;
}

function monthOf(day: ArchiveDocument): string {
  return dayOf(day).slice(0, 7);
}
