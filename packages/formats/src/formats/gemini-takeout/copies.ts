import type { IssueLog } from '../../conversation/issues.ts';
import type { Activity } from './activity.ts';
import { activityKey, speechOf } from './speech.ts';

/** An activity with the id that its messages are named after; unique within the conversation. */
export interface KeyedActivity {
  activity: Activity;
  key: string;
}

/**
 * Names the activities of a conversation. Of two with one name one is a copy when both are equal, or are from two
 * documents: an archive can hold a record as JSON and as HTML, and then the JSON one, which has more, stays.
 * Others with one name are numbered.
 */
export function withoutCopies(activities: readonly Activity[], log: IssueLog): KeyedActivity[] {
  const named = new Map<string, KeyedActivity[]>();
  const kept: KeyedActivity[] = [];
  for (const activity of activities) {
    const key = activityKey(activity.time, speechOf(activity).text);
    const namesakes = named.get(key) ?? [];
    const twin = namesakes.find((other) => isCopy(other.activity, activity));
    if (twin) {
      if (twin.activity.form === 'html') twin.activity = activity;
      log.report(
        'DUPLICATE_MESSAGE_ID',
        activity.location,
        'The record is in the archive twice; the copy was left out.',
      );
      continue;
    }
    const item = { activity, key: namesakes.length === 0 ? key : `${key}~${namesakes.length + 1}` };
    named.set(key, [...namesakes, item]);
    kept.push(item);
  }
  return kept;
}

function isCopy(a: Activity, b: Activity): boolean {
  if (a.document !== b.document) return true;
  return (
    a.raw === b.raw &&
    a.answers.length === b.answers.length &&
    a.answers.every(({ raw }, i) => raw === b.answers[i]?.raw)
  );
}
