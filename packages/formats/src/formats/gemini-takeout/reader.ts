import type { ArchiveView } from '../../archive/view.ts';
import { InvalidJsonError } from '../../errors.ts';
import type { ParseIssue } from '../../model.ts';
import { type Refusal, RefusedRecords } from '../beyond-limits.ts';
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
    const found = { issues: 0, refused: new RefusedRecords() };
    for await (const { refused } of plan(archive, recognition, context, planner)) {
      found.issues++;
      if (refused !== null) found.refused.add(refused);
    }
    const threads = planner.finish();
    const tooLarge = threads.filter((thread) => isTooLarge(thread, context));
    for (const { size } of tooLarge) found.refused.add({ code: 'RECORD_TOO_LARGE', size, depth: 0 });
    refuseIfNothingCanBeRead(threads.length - tooLarge.length, found, context);
    return found.issues + threads.length;
  },
};

/** Tells the planner of every activity of Gemini; yields what is none, and one issue for all other products. */
async function* plan(
  archive: ArchiveView,
  { documents }: Recognition,
  context: ReadContext,
  planner: ThreadPlanner,
): AsyncGenerator<{ issue: ParseIssue; refused: Refusal | null }> {
  for (const document of documents) {
    const others = new OtherProducts();
    for await (const record of readActivities(archive, document, context)) {
      if (record.kind === 'issue') yield record;
      else if (!record.activity.isGemini) others.add(record.activity);
      else planner.add(markOf(record.activity, record.size));
    }
    const issue = others.issue();
    if (issue) yield { issue, refused: null };
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
function refuseIfNothingCanBeRead(
  readable: number,
  { issues, refused }: { issues: number; refused: RefusedRecords },
  { limits }: ReadContext,
): void {
  if (readable > 0 || issues + refused.count === 0) return;
  if (refused.count === 0) throw new InvalidJsonError('Not one of the activities of Gemini in the file can be read.');
  refused.refuse('activities', limits);
}
