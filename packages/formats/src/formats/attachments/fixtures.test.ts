import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readAll } from '../../testing/read-all.ts';

const EXPORTS = new URL('../../../../../../shared/fixtures/exports/', import.meta.url);

/** Counted by hand: attachments, those with a text, those with bytes. */
const EXPECTED: Record<string, [number, number, number]> = {
  'chatgpt/420ai-sample-chatgpt-export.json': [1, 0, 0],
  'chatgpt/mirableio-chatgpt_2026_sample.json': [2, 0, 0],
  'chatgpt/openwebui-gpt_example.json': [0, 0, 0],
  // An uploaded file and two pictures.
  'chatgpt/polylogue-native-conversation-v1.json': [3, 0, 0],
  // 22 files that a tool wrote and two that it changed.
  'claude/420ai-sample-claude-export.json': [24, 24, 24],
  // One artifact by a call.
  'claude/osteele-business-strategy.json': [1, 1, 1],
  // One picture, twice in the JSON, and two artifacts in the text.
  'claude/osteele-claude-bakery-chat.json': [3, 2, 2],
};

for (const [path, expected] of Object.entries(EXPECTED)) {
  const file = new URL(path, EXPORTS);
  (existsSync(file) ? test : test.skip)(`attachments of ${path}`, async () => {
    const { conversations } = await readAll(readFileSync(file));
    const all = conversations.flatMap(({ messages }) => messages).flatMap(({ attachments }) => attachments);
    const counts = [all, all.filter(({ text }) => text !== null), all.filter(({ open }) => open !== null)];
    expect(counts.map(({ length }) => length)).toEqual(expected);
  });
}
