/**
 * The public archive of hfaran/slack-export-viewer (MIT), counted a second time by plain means. The numbers were also
 * checked by hand.
 */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { openArchive } from '../../archive/view.ts';
import { DEFAULT_LIMITS } from '../../limits.ts';
import { bytesSource } from '../../source.ts';
import { allIssues, readOwn } from '../chats/testing/read-with.ts';
import { slack } from './reader.ts';

const FIXTURE = new URL(
  '../../../../../../shared/fixtures/exports/slack/slack-export-viewer-testarchive.zip',
  import.meta.url,
);
const testFixture = existsSync(FIXTURE) ? test : test.skip;

/** The texts of the days in a folder, without any help of the reader. */
async function daysIn(folder: string): Promise<string[]> {
  const archive = await openArchive(bytesSource(readFileSync(FIXTURE)), DEFAULT_LIMITS, undefined);
  const days: string[] = [];
  for (const { name, open } of archive.documents) {
    if (!name.startsWith(`${folder}/`)) continue;
    const chunks: Uint8Array[] = [];
    for await (const chunk of open()) chunks.push(chunk);
    days.push(Buffer.concat(chunks).toString('utf8'));
  }
  return days;
}

function plainRole({ subtype }: { subtype?: string }): string {
  if (subtype === 'bot_message') return 'TOOL';
  return subtype === 'channel_join' || subtype === 'bot_add' ? 'SYSTEM' : 'USER';
}

testFixture(
  'slack-export-viewer-testarchive.zip: 2 channels, 158 messages, as an independent count finds',
  async () => {
    const outcome = await readOwn(slack, readFileSync(FIXTURE));
    expect(outcome.recognition).toMatchObject({ confidence: 0.98 });
    expect(outcome.conversations.map(({ externalId, title }) => [externalId, title])).toEqual([
      ['C0JGLMMNX', '#enrique'],
      ['C0JL6CGQ2', '#traveling-sailor'],
    ]);
    expect(allIssues(outcome)).toEqual([]);

    for (const { title, messages } of outcome.conversations) {
      const days = await daysIn(title?.slice(1) ?? '');
      const plain: { ts: string; subtype?: string }[] = days.flatMap((day) => JSON.parse(day));
      const inOrder = plain.toSorted((a, b) => (a.ts < b.ts ? -1 : 1));
      expect(messages.map(({ externalId, role }) => [externalId, role])).toEqual(
        inOrder.map((message) => [message.ts, plainRole(message)]),
      );
      for (const { raw } of messages) expect(days.some((day) => day.includes(raw))).toBe(true);
    }

    const all = outcome.conversations.flatMap(({ messages }) => messages);
    const count = (role: string) => all.filter((message) => message.role === role).length;
    expect([all.length, count('USER'), count('TOOL'), count('SYSTEM')]).toEqual([158, 53, 94, 11]);
    expect(all.filter(({ text }) => text === '' || /<@U|<https?:|&amp;|&lt;/.test(text))).toEqual([]);
    expect(JSON.stringify(all.map(({ metadata }) => metadata))).not.toContain('xoxe-');
  },
);
