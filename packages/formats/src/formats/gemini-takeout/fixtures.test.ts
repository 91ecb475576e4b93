/** The public export of this format, counted a second time by the plainest means: JSON.parse and a loop. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readKnown } from './testing/read.ts';

const EXPORT = new URL(
  '../../../../../../shared/fixtures/exports/gemini/420ai-sample-gemini-export.json',
  import.meta.url,
);
const testWithExport = existsSync(EXPORT) ? test : test.skip;

interface Counted {
  title: string;
  time: string;
  safeHtmlItem?: { html: string }[];
}

describe('the public export', () => {
  testWithExport('420ai-sample-gemini-export.json gives what an independent count finds', async () => {
    const text = readFileSync(EXPORT, 'utf8');
    const { conversations, issues, surveyed } = await readKnown(text);
    const records: Counted[] = JSON.parse(text);
    const times = records.map(({ time }) => Date.parse(time)).sort((a, b) => a - b);
    const gaps = times.filter((time, index) => index > 0 && time - (times[index - 1] ?? 0) > 1_800_000).length;
    const prompted = records.filter(({ title }) => title.startsWith('Prompted '));
    const answers = records.reduce((sum, { safeHtmlItem }) => sum + (safeHtmlItem?.length ?? 0), 0);
    const messages = conversations.flatMap((conversation) => conversation.messages);
    const of = (role: string) => messages.filter((message) => message.role === role);
    expect([conversations.length + issues.length, surveyed]).toEqual([gaps + 1, gaps + 1]);
    expect(of('USER').map((message) => message.text)).toEqual(
      prompted.map(({ title }) => title.slice('Prompted '.length)),
    );
    expect(of('ASSISTANT')).toHaveLength(answers);
    expect(of('SYSTEM')).toHaveLength(records.length - prompted.length);
    expect([prompted.length, answers, gaps + 1]).toEqual([3, 2, 3]);
    expect([...issues, ...conversations.flatMap((conversation) => conversation.issues)]).toEqual([]);
    for (const { raw } of of('ASSISTANT')) expect(text).toContain(raw);
  });
});
