import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chatList } from './chat-list.ts';
import { withValidEscapes } from './control-escapes.ts';

/** The text in chunks of the given sizes, over and over. */
async function* inChunks(text: string, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of chunks) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });

describe('the list of chats in an export', () => {
  test('is cut out whatever surrounds it, in chunks of any size', async () => {
    const members = fc.dictionary(fc.constantFrom('about', 'list', 'chats', 'a"b', 'x'), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(members, members, fc.array(fc.jsonValue()), sizes, async (around, within, list, chunks) => {
        const text = JSON.stringify({ ...around, chats: { ...within, list } }, null, 1);
        expect(JSON.parse(await textOf(chatList(inChunks(text, chunks), 'chats')))).toEqual(
          JSON.parse(JSON.stringify(list)),
        );
      }),
    );
  });

  test.each([
    ['{"chats": {"about": "none"}}'],
    ['{"list": [1], "chats": [[2]]}'],
    ['{"x": {"chats": {"list": [1]}}}'],
    ['{"left_chats": {"list": [1]}}'],
    ['[]'],
  ])('is empty in %s', async (text) => {
    expect(await textOf(chatList(inChunks(text, [3]), 'chats'))).toBe('[]');
  });

  test.each([
    ['{"chats": {"list": [1]', 'TRUNCATED_ARCHIVE'],
    ['{"chats": {"list": [1]}', 'TRUNCATED_ARCHIVE'],
    ['{"chats": "cut', 'TRUNCATED_ARCHIVE'],
    ['', 'TRUNCATED_ARCHIVE'],
    ['{"chats": {"list": [1}]}', 'INVALID_JSON'],
    ['{"chats": {}} {}', 'INVALID_JSON'],
    ['{"chats": {}} x', 'INVALID_JSON'],
  ])('is refused in %s', async (text, code) => {
    await expect(textOf(chatList(inChunks(text, [4]), 'chats'))).rejects.toMatchObject({ code });
  });
});

describe('control characters', () => {
  test('become valid escapes in chunks of any size', async () => {
    const piece = fc.constantFrom('\\x0B', '\\\\x0B', '\\n', '\\u000b', 'x', '\\\\', 'é');
    await fc.assert(
      fc.asyncProperty(fc.array(piece), sizes, async (pieces, chunks) => {
        const repaired = pieces.map((text) => (text === '\\x0B' ? '\\u000B' : text)).join('');
        expect(await textOf(withValidEscapes(inChunks(pieces.join(''), chunks)))).toBe(repaired);
      }),
    );
  });
});
