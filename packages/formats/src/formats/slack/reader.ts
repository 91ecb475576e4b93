import type { ArchiveDocument } from '../../archive/document.ts';
import type { ArchiveView } from '../../archive/view.ts';
import { IssueLog } from '../../conversation/issues.ts';
import type { ParsedConversation } from '../../model.ts';
import { chatRecords } from '../chats/chat-records.ts';
import { UnreadableMessages } from '../chats/refuse.ts';
import { chainByTime, type TimedMessage } from '../chats/timeline.ts';
import { finishConversation } from '../conversation.ts';
import type { FormatReader, ReadContext, Recognition } from '../reader.ts';
import { describeChannel } from './channel-head.ts';
import { type ChannelPart, partsOfChannels } from './channel-parts.ts';
import { readMessage } from './message.ts';
import { recogniseSlack } from './recognise.ts';
import { readWorkspace, type Workspace } from './workspace.ts';

const DAY_LAYOUT = { kind: 'array' } as const;

/** Exports of Slack workspaces (ZIP); see docs/formats/slack.md. */
export const slack: FormatReader = {
  name: 'slack-zip',
  platform: 'slack',
  label: 'Slack export (ZIP)',
  recognise: recogniseSlack,
  async *read(archive, recognition, context) {
    const { workspace, parts } = await plan(archive, recognition, context);
    for (const issue of workspace.issues) yield { kind: 'issue', issue };
    for (const part of parts) {
      yield { kind: 'conversation', conversation: await readPart(part, workspace, context) };
    }
  },
  async survey(archive, recognition, context) {
    const { workspace, parts } = await plan(archive, recognition, context);
    await checkDays(recognition.documents, context);
    return parts.length + workspace.issues.length;
  },
};

async function plan(archive: ArchiveView, { documents }: Recognition, context: ReadContext) {
  const workspace = await readWorkspace(archive, context);
  return { workspace, parts: partsOfChannels(documents, workspace, context.limits.maxRecordBytes) };
}

/** A channel is read day after day; a day that is damaged costs none of the others. */
async function readPart(part: ChannelPart, workspace: Workspace, context: ReadContext): Promise<ParsedConversation> {
  const log = new IssueLog();
  const messages: TimedMessage[] = [];
  for (const day of part.days) {
    if (isTooLarge(day, context)) {
      const limit = context.limits.maxRecordBytes;
      log.report('RECORD_TOO_LARGE', day.name, `The day of ${day.size} bytes exceeds ${limit} bytes.`);
      continue;
    }
    for await (const record of chatRecords(day, DAY_LAYOUT, context, { damage: 'report' })) {
      log.issues.push(...record.issues);
      if (record.value !== null) messages.push(readMessage(record.value, record, workspace, log));
    }
  }
  const nodes = chainByTime(messages, log);
  return finishConversation(
    { location: part.folder, log },
    { ...describeChannel(part, workspace, log), nodes, activeId: nodes.at(-1)?.id ?? null },
  );
}

function isTooLarge(day: ArchiveDocument, { limits }: ReadContext): boolean {
  return day.size > limits.maxRecordBytes;
}

/** Reads every day to its end; messages are parsed only until one of them can be read. */
async function checkDays(days: readonly ArchiveDocument[], context: ReadContext): Promise<void> {
  let readable = 0;
  const unreadable = new UnreadableMessages();
  const isWanted = () => readable === 0;
  for (const day of days) {
    const isRefused = isTooLarge(day, context);
    if (isRefused) unreadable.refused.add({ code: 'RECORD_TOO_LARGE', size: day.size, depth: 0 });
    for await (const record of chatRecords(day, DAY_LAYOUT, context, { damage: 'report', isWanted })) {
      if (record.value !== null && !isRefused) readable++;
      if (record.value === null) unreadable.add(record);
    }
  }
  if (readable === 0) unreadable.refuseExport(context);
}
