import { expect, test } from '@jest/globals';
import { readOne } from '../testing/read-all.ts';

const HEADER = '{"type":"header","format":"colloquy","version":1}';

// What these limits keep from happening: one such value would make the whole batch impossible to store.
test('names that are too long to be stored are cut or replaced, and an issue says so', async () => {
  const id = 'c'.repeat(300);
  const lines = [
    { type: 'conversation', platform: 'chatgpt', id },
    {
      type: 'message',
      platform: 'chatgpt',
      conversation: id,
      id: 'm',
      role: 'USER',
      text: 'x',
      contentType: `${'t'.repeat(99)}🐘`,
      model: 'm'.repeat(256),
    },
  ];
  const conversation = await readOne([HEADER, ...lines.map((line) => JSON.stringify(line))].join('\n'));
  expect(conversation.externalId).toMatch(/^sha256:[0-9a-f]{64}$/);
  const [message] = conversation.messages;
  expect(message?.contentType).toBe(`${'t'.repeat(99)}\ufffd`);
  expect(message?.model).toHaveLength(255);
  expect(conversation.issues.map(({ code }) => code).sort()).toEqual([
    'ID_REPLACED',
    'VALUE_SHORTENED',
    'VALUE_SHORTENED',
  ]);
});
