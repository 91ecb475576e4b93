import type { ArchiveView } from '../../archive/view.ts';
import { InvalidJsonError, LimitExceededError } from '../../errors.ts';
import type { ParseIssue } from '../../model.ts';
import { MediaFiles } from '../chats/media-files.ts';
import type { FormatReader, ReadContext, Recognition } from '../reader.ts';
import { readActivities } from './activities.ts';
import type { Activity } from './activity.ts';
import { readThread } from './conversation.ts';
import { gatherThreads } from './gather.ts';
import { OtherProducts } from './other-products.ts';
import { recognise } from './recognise.ts';
import { type Thread, ThreadPlanner } from './threads.ts';

/** Gemini's part of Google Takeout's My Activity, as JSON or as HTML; see docs/formats/gemini-takeout.md. */
export const geminiTakeout: FormatReader = {
  name: 'gemini-takeout',
  platform: 'gemini',
  label: 'Gemini activity from Google Takeout (JSON, HTML or ZIP)',
  recognise,
  async *read(archive, recognition, context) {
    const planner = new ThreadPlanner();
    for await (const { issue } of plan(archive, recognition, context, planner)) yield { kind: 'issue', issue };
    const threads: Thread[] = [];
    for (const thread of planner.finish()) {
      if (isTooLarge(thread, context)) yield { kind: 'issue', issue: tooLarge(thread, context) };
      else threads.push(thread);
    }
    const pass = () => geminiActivities(archive, recognition, context);
    const media = new MediaFiles(archive);
    for await (const { thread, activities } of gatherThreads(threads, pass))
      yield readThread(thread, activities, media);
  },
  async survey(archive, recognition, context) {
    const planner = new ThreadPlanner();
    const found = { issues: 0, refused: 0 };
    for await (const { refused } of plan(archive, recognition, context, planner)) {
      found.issues++;
      if (refused) found.refused++;
    }
    const threads = planner.finish();
    const readable = threads.filter((thread) => !isTooLarge(thread, context)).length;
    refuseIfNothingCanBeRead(readable, found.issues, found.refused + threads.length - readable, context);
    return found.issues + threads.length;
  },
};

/** Tells the planner of every activity of Gemini; yields what is none, and one issue for all other products. */
async function* plan(
  archive: ArchiveView,
  { documents }: Recognition,
  context: ReadContext,
  planner: ThreadPlanner,
): AsyncGenerator<{ issue: ParseIssue; refused: boolean }> {
  for (const document of documents) {
    const others = new OtherProducts();
    for await (const record of readActivities(archive, document, context)) {
      if (record.kind === 'issue') yield record;
      else if (!record.activity.isGemini) others.add(record.activity);
      else planner.add(markOf(record.activity, record.size));
    }
    const issue = others.issue();
    if (issue) yield { issue, refused: false };
  }
}

function markOf({ time, links }: Activity, size: number) {
  return { time: time?.getTime() ?? null, links, size };
}

async function* geminiActivities(
  archive: ArchiveView,
  { documents }: Recognition,
  context: ReadContext,
): AsyncGenerator<Activity> {
  for (const document of documents) {
    for await (const record of readActivities(archive, document, context)) {
      if (record.kind === 'activity' && record.activity.isGemini) yield record.activity;
    }
  }
}

function isTooLarge({ size }: Thread, { limits }: ReadContext): boolean {
  return size > limits.maxRecordBytes;
}

function tooLarge({ link, size, members }: Thread, { limits }: ReadContext): ParseIssue {
  const what = link === null ? 'a conversation' : `the conversation ${link}`;
  const message = `The ${members.length} records of ${what} have ${size} bytes; ${limits.maxRecordBytes} are allowed.`;
  return { code: 'RECORD_TOO_LARGE', location: `activities[${members[0]}]`, message };
}

/** An import that ends well and holds nothing is the worst answer to a damaged file. */
function refuseIfNothingCanBeRead(readable: number, issues: number, refused: number, { limits }: ReadContext): void {
  if (readable > 0 || issues + refused === 0) return;
  if (refused === 0) throw new InvalidJsonError('Not one of the activities of Gemini in the file can be read.');
  throw new LimitExceededError(
    'LIMIT_EXCEEDED_RECORD',
    `Not one of the activities is within ${limits.maxRecordBytes} bytes and ${limits.maxDepth} levels.`,
    limits.maxRecordBytes,
  );
}
