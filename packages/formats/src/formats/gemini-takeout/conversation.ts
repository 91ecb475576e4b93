import { IssueLog } from '../../conversation/issues.ts';
import { storableText } from '../../conversation/storable.ts';
import type { TreeNode } from '../../conversation/tree-node.ts';
import type { ParsedRecord } from '../../model.ts';
import type { MediaFiles } from '../chats/media-files.ts';
import { finishConversation } from '../conversation.ts';
import type { Activity, Answer } from './activity.ts';
import { attachmentsOf } from './attachments.ts';
import { withoutCopies } from './copies.ts';
import { htmlToText } from './html/text.ts';
import { foldIssues } from './issues.ts';
import { type Speech, speechOf } from './speech.ts';
import { GAP_SECONDS, type Thread } from './threads.ts';

const PLATFORM = 'gemini';

/** One conversation, or one issue when nothing was said in it. */
export function readThread({ link }: Thread, activities: readonly Activity[], media: MediaFiles): ParsedRecord {
  const location = activities[0]?.location ?? '';
  if (!activities.some((activity) => speechOf(activity).isSpeech)) return nothingSaid(activities, location);
  const log = new IssueLog();
  const kept = withoutCopies(activities, log);
  for (const { activity } of kept) log.issues.push(...activity.issues);
  const nodes = nodesOf(kept, media, log);
  const times = kept.map(({ activity: { time } }) => time).filter((time) => time !== null);
  const conversation = finishConversation(
    { location, log },
    {
      platform: PLATFORM,
      id: link ?? `thread:${kept[0]?.key ?? ''}`,
      title: null,
      url: link === null ? null : `https://gemini.google.com/app/${link}`,
      createdAt: times[0] ?? null,
      updatedAt: times.at(-1) ?? null,
      model: kept.findLast(({ activity }) => activity.model !== null)?.activity.model ?? null,
      metadata: metadataOf(link, kept[0]?.activity),
      raw: '{}',
      nodes,
      activeId: null,
    },
  );
  return { kind: 'conversation', conversation: { ...conversation, issues: foldIssues(conversation.issues) } };
}

function metadataOf(link: string | null, first: Activity | undefined): Record<string, unknown> {
  const product = first?.product ?? '';
  if (link !== null) return { product, threadInferred: false };
  return { product, threadInferred: true, threadGapMinutes: GAP_SECONDS / 60 };
}

function nothingSaid(activities: readonly Activity[], location: string): ParsedRecord {
  const title = JSON.stringify((activities[0]?.title ?? '').slice(0, 120));
  const message = `Nothing was said in ${activities.length} activities, such as ${title}.`;
  return { kind: 'issue', issue: { code: 'NOT_A_CONVERSATION', location, message } };
}

/** The messages, each the reply to the one before. */
function nodesOf(kept: ReturnType<typeof withoutCopies>, media: MediaFiles, log: IssueLog): TreeNode[] {
  const nodes: TreeNode[] = [];
  for (const { activity, key } of kept) {
    const speech = speechOf(activity);
    if (speech.isSpeech && speech.verb === null) {
      const message = 'The title has no verb that is known; it was taken whole.';
      log.report('UNKNOWN_CONTENT_TYPE', activity.location, message);
    }
    nodes.push({ id: key, parentId: nodes.at(-1)?.id ?? null, ...personSays(activity, speech, media, log) });
    for (const [index, answer] of activity.answers.entries()) {
      const id = index === 0 ? `${key}:answer` : `${key}:answer-${index + 1}`;
      nodes.push({ id, parentId: nodes.at(-1)?.id ?? null, ...geminiSays(activity, answer, index, speech, log) });
    }
  }
  return nodes;
}

function personSays(
  activity: Activity,
  speech: Speech,
  media: MediaFiles,
  log: IssueLog,
): Pick<TreeNode, 'message' | 'location'> {
  const attachments = attachmentsOf(activity, media, log);
  const { location, time, raw, metadata } = activity;
  return {
    location,
    message: {
      role: speech.isSpeech ? 'USER' : 'SYSTEM',
      author: null,
      text: storableText(speech.text, location, log),
      hidden: !speech.isSpeech,
      createdAt: time,
      model: null,
      contentType: speech.verb ?? 'unknown',
      raw,
      metadata,
      ...(attachments.length > 0 && { attachments }),
    },
  };
}

function geminiSays(
  { time, model, answers }: Activity,
  answer: Answer,
  index: number,
  { isSpeech }: Speech,
  log: IssueLog,
): Pick<TreeNode, 'message' | 'location'> {
  const { location, html, raw } = answer;
  return {
    location,
    message: {
      role: 'ASSISTANT',
      author: null,
      text: storableText(htmlToText(html), location, log),
      hidden: !isSpeech,
      createdAt: time,
      model,
      contentType: 'html',
      raw,
      metadata: answers.length > 1 ? { answer: index + 1, answers: answers.length } : {},
    },
  };
}
