import { ARRANGED_BY_TIME } from '@colloquy/domain';
import type { ArchiveDocument } from '../../archive/document.ts';
import { IssueLog } from '../../conversation/issues.ts';
import { storableJson } from '../../conversation/storable.ts';
import type { TreeNode } from '../../conversation/tree-node.ts';
import type { ParsedConversation } from '../../model.ts';
import type { MediaFiles } from '../chats/media-files.ts';
import { finishConversation } from '../conversation.ts';
import type { ReadContext } from '../reader.ts';
import type { Dialect } from './dialect.ts';
import { readEntries } from './entries.ts';
import { type ChatMessage, readMessage } from './message.ts';
import { titleFromName, titleFromUpload } from './title.ts';

/** What is around a chat. */
export interface ChatSurroundings {
  /** Names of the files that came with the chat. */
  files: ReadonlySet<string>;
  media: MediaFiles;
  /** The name the chat was uploaded under; null when it is unknown, or is that of several chats. */
  uploadedAs: string | null;
}

/** Reads one chat. */
export async function readChat(
  document: ArchiveDocument,
  dialect: Dialect,
  { uploadedAs, ...surroundings }: ChatSurroundings,
  context: ReadContext,
): Promise<ParsedConversation> {
  const log = new IssueLog();
  const chain = new Chain();
  let preamble: string | null = null;
  for await (const { head, ...entry } of readEntries(document, dialect, context)) {
    const location = `${document.name}:${entry.line}`;
    if (entry.isDamaged) log.report('INVALID_UTF8', location, 'Bytes that are not UTF-8 were replaced by U+FFFD.');
    if (head !== null) chain.add(readMessage({ ...entry, head }, dialect, surroundings, location, log), location);
    else if (entry.source !== '') {
      preamble = entry.source;
      log.report(
        'INVALID_MESSAGE',
        location,
        'Lines above the first message belong to none; they are kept as raw text.',
      );
    }
  }
  reportTimes(chain, dialect, document.name, log);
  return finishConversation(
    { location: document.name, log },
    {
      platform: 'whatsapp',
      id: chain.firstSpokenKey === null ? null : `first:${chain.firstSpokenKey}`,
      title: titleFromName(document.name) ?? titleFromUpload(uploadedAs) ?? chain.subject,
      url: null,
      createdAt: null,
      updatedAt: null,
      model: null,
      metadata: {
        arrangedBy: ARRANGED_BY_TIME,
        timeZone: 'unknown',
        dateOrder: dialect.dateOrder,
        ...(dialect.isDateOrderCertain ? {} : { dateOrderAssumed: true }),
        participants: storableJson([...chain.speakers]),
      },
      raw: JSON.stringify({ document: document.name, ...(preamble === null ? {} : { preamble }) }),
      nodes: chain.nodes,
      activeId: null,
    },
  );
}

/** The messages of a chat, each below the one before it. */
class Chain {
  readonly nodes: TreeNode[] = [];
  readonly speakers = new Set<string>();
  /** Key of the first message that a person wrote: what stays the same when the chat grows. */
  firstSpokenKey: string | null = null;
  /** The name under which WhatsApp itself speaks in the first line: the chat's, on iOS. */
  subject: string | null = null;
  undated = 0;
  readonly #occurrences = new Map<string, number>();

  add({ draft, key, contentType }: ChatMessage, location: string): void {
    const occurrence = (this.#occurrences.get(key) ?? 0) + 1;
    this.#occurrences.set(key, occurrence);
    if (this.nodes.length === 0 && draft.role === 'SYSTEM') this.subject = draft.author;
    if (draft.role === 'USER') {
      if (contentType !== 'deleted') this.firstSpokenKey ??= key;
      if (draft.author !== null) this.speakers.add(draft.author);
    }
    if (draft.createdAt === null) this.undated++;
    const id = occurrence === 1 ? key : `${key}~${occurrence}`;
    this.nodes.push({ id, parentId: this.nodes.at(-1)?.id ?? null, message: draft, location });
  }
}

/** One issue for the file: what keeps a time from being read is the same in every line. */
function reportTimes({ undated, nodes }: Chain, dialect: Dialect, location: string, log: IssueLog): void {
  if (undated === 0) return;
  const reason = dialect.isClockKnown
    ? `is no date in the order ${dialect.dateOrder}`
    : 'has a word beside it that is not known, and may tell morning from evening';
  log.report('INVALID_TIMESTAMP', location, `The time of ${undated} of ${nodes.length} messages ${reason}.`);
}
