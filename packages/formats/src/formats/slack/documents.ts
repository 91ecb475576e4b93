import type { ArchiveDocument } from '../../archive/document.ts';

/** What kind of conversation a list of an export names. */
export type ChannelKind = 'channel' | 'group' | 'dm' | 'mpim';

const DAY = /^(?:.*\/)?([^/]+)\/(\d{4}-\d{2}-\d{2})\.json$/;

const CHANNEL_LISTS: ReadonlyMap<string, ChannelKind> = new Map([
  ['channels.json', 'channel'],
  ['groups.json', 'group'],
  ['dms.json', 'dm'],
  ['mpims.json', 'mpim'],
]);
const USER_LISTS: ReadonlySet<string> = new Set(['users.json', 'org_users.json']);

/** Whether the document holds the messages of one day of one channel, by its name. */
export function isDay({ name }: ArchiveDocument): boolean {
  return DAY.test(name);
}

/** `2026-01-31` of `export/general/2026-01-31.json`. */
export function dayOf({ name }: ArchiveDocument): string {
  return DAY.exec(name)?.[2] ?? '';
}

/** The folder around a document, without the last slash; empty at the top. */
export function folderOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')));
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** What a list of channels lists; null for any other document. */
export function channelKindOf({ name }: ArchiveDocument): ChannelKind | null {
  return CHANNEL_LISTS.get(baseName(name)) ?? null;
}

export function isUserList({ name }: ArchiveDocument): boolean {
  return USER_LISTS.has(baseName(name));
}
