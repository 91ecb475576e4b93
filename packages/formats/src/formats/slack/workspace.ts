import type { ArchiveDocument } from '../../archive/document.ts';
import type { ArchiveView } from '../../archive/view.ts';
import { asObject, asText, type JsonObject } from '../../json/values.ts';
import type { ParseIssue } from '../../model.ts';
import type { DocumentIndex } from '../attachments/document-index.ts';
import { chatRecords } from '../chats/chat-records.ts';
import type { ReadContext } from '../reader.ts';
import { indexFiles } from './attachments.ts';
import { type ChannelKind, channelKindOf, folderOf, isDay, isUserList } from './documents.ts';

export interface SlackUser {
  name: string;
  isBot: boolean;
}

/** A channel, a private channel, or a direct message of two or more people. */
export interface SlackChannel {
  id: string;
  kind: ChannelKind;
  value: JsonObject;
  raw: string;
}

/** What the lists at the top of an export say about the people and channels in it. */
export interface Workspace {
  /** Such as `T0AB12CD3`; null when no user names it. */
  readonly teamId: string | null;
  readonly users: ReadonlyMap<string, SlackUser>;
  readonly channelNames: ReadonlyMap<string, string>;
  /** Channels that have messages, by the path of the folder these are in. */
  readonly channelsByFolder: ReadonlyMap<string, SlackChannel>;
  /** Files that were downloaded beside the export, by their ids. */
  readonly files: DocumentIndex;
  readonly issues: readonly ParseIssue[];
}

interface ListEntry {
  id: string;
  value: JsonObject;
  raw: string;
}

/** Slack's own account is not marked as a bot. */
const SLACKBOT = 'USLACKBOT';

/**
 * Reads the lists of users and channels. Of a damaged list the entries before the fault are used: it costs names, but no
 * message. What is kept of all entries is at most `maxRecordBytes`, so that lists cannot fill the memory.
 */
export async function readWorkspace(archive: ArchiveView, context: ReadContext): Promise<Workspace> {
  const folders = new Set(archive.documents.filter(isDay).map(({ name }) => folderOf(name)));
  const users = new Map<string, SlackUser>();
  const channelNames = new Map<string, string>();
  const channelsByFolder = new Map<string, SlackChannel>();
  const issues: ParseIssue[] = [];
  let teamId: string | null = null;
  let budget = context.limits.maxRecordBytes;

  function addUser({ id, value }: ListEntry): void {
    const name = nameOfUser(value) ?? id;
    users.set(id, { name, isBot: value.is_bot === true || id === SLACKBOT });
    teamId ??= asText(value.team_id);
    budget -= id.length + name.length;
  }

  function addChannel({ id, value, raw }: ListEntry, kind: ChannelKind, root: string): void {
    const name = asText(value.name);
    if (name !== null) channelNames.set(id, name);
    budget -= id.length + (name?.length ?? 0);
    // Channels have folders by name, direct messages by id; some exporters use the id for all.
    const folder = [id, name]
      .map((own) => (root === '' ? `${own}` : `${root}/${own}`))
      .find((path) => folders.has(path) && !channelsByFolder.has(path));
    if (folder === undefined) return;
    channelsByFolder.set(folder, { id, kind, value, raw });
    budget -= raw.length;
  }

  for (const document of archive.documents) {
    const kind = channelKindOf(document);
    if (kind === null && !isUserList(document)) continue;
    for await (const entry of entriesOf(document, context, issues)) {
      if (budget < entry.raw.length) {
        const message = 'The lists of the export are too large; names beyond this place are not known.';
        issues.push({ code: 'RECORD_TOO_LARGE', location: document.name, message });
        break;
      }
      if (kind === null) addUser(entry);
      else addChannel(entry, kind, folderOf(document.name));
    }
  }
  return { teamId, users, channelNames, channelsByFolder, files: indexFiles(archive.documents), issues };
}

async function* entriesOf(
  document: ArchiveDocument,
  context: ReadContext,
  issues: ParseIssue[],
): AsyncGenerator<ListEntry> {
  for await (const { value, raw, location, issues: own } of chatRecords(document, { kind: 'array' }, context, {
    damage: 'report',
  })) {
    for (const issue of own) issues.push({ ...issue, code: entryCode(issue.code) });
    if (value === null) continue;
    const id = asText(value.id);
    if (id === null) issues.push({ code: 'INVALID_RECORD', location, message: 'The entry of the list has no id.' });
    else yield { id, value, raw };
  }
}

/** An entry of a list is no message. */
function entryCode(code: ParseIssue['code']): ParseIssue['code'] {
  return code === 'INVALID_MESSAGE' ? 'INVALID_RECORD' : code;
}

/** The name that Slack shows: the display name, else the full name, else the handle. */
export function nameOfUser(user: JsonObject): string | null {
  const profile = asObject(user.profile) ?? user;
  return (
    asText(profile.display_name) ??
    asText(profile.real_name) ??
    asText(user.real_name) ??
    asText(user.name) ??
    asText(profile.name)
  );
}
