import { describe, expect, test } from '@jest/globals';
import { detectFormat } from '../read.ts';
import { FORMATS, supportedFormats } from '../registry.ts';
import { bytesSource } from '../source.ts';
import { toBytes } from '../testing/read-all.ts';
import { aistudioPrompt, branchingChatgpt, claudeConversation } from '../testing/samples.ts';
import { zipOf } from '../testing/write-zip.ts';

const detect = (content: string | Uint8Array | object, fileName?: string) =>
  detectFormat(bytesSource(toBytes(content)), fileName === undefined ? {} : { fileName });

describe('what is supported', () => {
  test.each([
    ['ChatGPT', [branchingChatgpt()], 'chatgpt-json', 'chatgpt'],
    ['Claude', [claudeConversation([])], 'claude-json', 'claude'],
    ['AI Studio', aistudioPrompt([]), 'aistudio-json', 'gemini'],
  ])('%s is recognised by its content, whatever its name', async (_, content, format, platform) => {
    expect(await detect(content, 'holiday.txt')).toEqual({
      format,
      platform,
      confidence: expect.any(Number),
      reason: expect.any(String),
    });
  });

  test('a conversation far behind records of another kind is found', async () => {
    const first = { title: 'x'.repeat(100_000) };
    expect((await detect([first, branchingChatgpt()])).format).toBe('chatgpt-json');
  });

  test('each platform lists its formats', () => {
    expect(supportedFormats()).toContainEqual({
      platform: 'gemini',
      formats: ['Google AI Studio prompt (JSON or ZIP)', 'Gemini activity from Google Takeout (JSON, HTML or ZIP)'],
    });
    expect(new Set(FORMATS.map(({ name }) => name)).size).toBe(FORMATS.length);
  });
});

const line = (value: object) => JSON.stringify(value);

describe('what is not supported is named', () => {
  test.each<[string, string | Uint8Array | object]>([
    ['a Google Takeout activity file', [{ header: 'Maps', title: 'Searched', time: '2026-01-01T00:00:00Z' }]],
    ['a Google Takeout activity page (HTML)', '<!DOCTYPE html><html><div class="outer-cell">Gemini Apps</div></html>'],
    ['JSON Lines of another product', `${line({ a: 1 })}\n${line({ b: 2 })}`],
    ['JSON of another product', { hello: 'world' }],
    ['an empty JSON array', []],
    ['an HTML page', '<html><body>hello</body></html>'],
    ['a PDF document', '%PDF-1.7 ...'],
    ['plain text', 'Dear diary'],
    ['a Microsoft Office document', zipOf({ '[Content_Types].xml': '<x/>', 'word/document.xml': '<x/>' })],
    ['a ZIP inside a ZIP', zipOf({ 'export.zip': 'PK' })],
    ['an empty ZIP', zipOf({})],
    [
      'a ZIP with a Google Takeout activity file',
      zipOf({ 'Takeout/My Activity/Maps/MyActivity.json': line([{ header: 'Maps', title: 'Searched', time: 't' }]) }),
    ],
  ])('%s', async (recognised, content) => {
    const supported = FORMATS.map(({ label }) => label);
    await expect(detect(content)).rejects.toMatchObject({ code: 'UNSUPPORTED_FORMAT', recognised, supported });
  });

  test('unknown bytes are called unknown', async () => {
    await expect(detect(Buffer.from([0, 1, 2, 3]))).rejects.toMatchObject({
      code: 'UNSUPPORTED_FORMAT',
      recognised: null,
    });
  });

  test.each<[string | Uint8Array, string, string]>([
    ['', 'x.json', 'EMPTY_FILE'],
    ['  \n', 'x.json', 'EMPTY_FILE'],
    ['{"a": tru, "b": 1}', 'x.json', 'INVALID_JSON'],
    ['{"a": 1} {', 'x.json', 'INVALID_JSON'],
    ['no JSON at all', 'x.json', 'INVALID_JSON'],
    ['[{"title": "cut', 'x.json', 'TRUNCATED_ARCHIVE'],
    ['no ZIP at all', 'x.zip', 'INVALID_ZIP'],
    ['PK\u0003\u0004 cut', 'x.zip', 'TRUNCATED_ARCHIVE'],
    [zipOf({ 'conversations.json': '[{"title": tru}]', 'chat.html': '' }), 'x.zip', 'INVALID_JSON'],
    [zipOf({ 'conversations.json': '[{"title"', 'users.json': '[]' }), 'x.zip', 'TRUNCATED_ARCHIVE'],
    [zipOf({ 'conversations.json': '[{"id": 1}]', 'users.json': '[]' }), 'x.zip', 'UNSUPPORTED_FORMAT'],
  ])('%j named %s is %s', async (content, fileName, code) => {
    await expect(detect(content, fileName)).rejects.toMatchObject({ code });
  });
});
