import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesSource, readArchive } from '@colloquy/formats';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { messagesPerConversation } from './plan.ts';
import { writeExport } from './write.ts';

const size = { conversations: 12, messages: 1_234, bytesPerMessage: 2_100, seed: 7 };
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-scale-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('conversations share the messages out', () => {
  const counts = messagesPerConversation(size);
  expect(counts).toHaveLength(12);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1_234);
  expect(Math.min(...counts)).toBeGreaterThan(0);
  expect(new Set(counts).size).toBeGreaterThan(6);
});

describe.each(['json', 'zip'] as const)('an export as %s', (container) => {
  test('is read whole, without an issue', async () => {
    const file = join(folder, `export.${container}`);
    const written = await writeExport(file, container, size);
    const found = { conversations: 0, messages: 0, branched: 0, issues: 0 };
    for await (const record of readArchive(bytesSource(readFileSync(file)))) {
      if (record.kind === 'issue') found.issues++;
      else {
        found.conversations++;
        found.issues += record.conversation.issues.length;
        found.messages += record.conversation.messages.length;
        found.branched += record.conversation.messages.some(({ sequence }) => sequence === null) ? 1 : 0;
      }
    }
    expect(found).toMatchObject({ conversations: 12, messages: 1_234, issues: 0 });
    expect(found.branched).toBeGreaterThan(6);
    expect(written.jsonBytes / written.messages).toBeGreaterThan(1_700);
    expect(written.jsonBytes / written.messages).toBeLessThan(2_500);
  });
});

test('the same numbers give the same bytes', async () => {
  const [first, second] = [join(folder, 'first.json'), join(folder, 'second.json')];
  await writeExport(first, 'json', { ...size, messages: 100 });
  await writeExport(second, 'json', { ...size, messages: 100 });
  expect(readFileSync(first).equals(readFileSync(second))).toBe(true);
});
