import { createHash } from 'node:crypto';
import type { Activity } from './activity.ts';
import { splitTitle } from './titles.ts';

/** What an activity says, by its title. */
export interface Speech {
  /** False for what a person did without saying anything, such as rating an answer. */
  isSpeech: boolean;
  /** Null when the verb is not known. */
  verb: string | null;
  text: string;
}

/** A title whose verb is not known is speech when Gemini answered it. */
export function speechOf({ title, answers }: Pick<Activity, 'title' | 'answers'>): Speech {
  const { kind, verb, text } = splitTitle(title);
  return { isSpeech: kind === 'speech' || (kind === 'unknown' && answers.length > 0), verb, text };
}

/**
 * What identifies an activity: the whole second and a hash of the words, white space apart. Both exports of one record
 * agree on it, though the HTML one has no fractions of seconds.
 */
export function activityKey(time: Date | null, text: string): string {
  const second = time === null ? 'undated' : `${time.toISOString().slice(0, 19)}Z`;
  const words = text.normalize('NFC').replace(/\s+/gu, ' ').trim();
  return `${second}~${createHash('sha256').update(words.toWellFormed()).digest('hex').slice(0, 16)}`;
}
