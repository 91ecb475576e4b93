import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ArchiveError } from '../../errors.ts';
import type { ParsedAttachment, ParsedConversation } from '../../model.ts';
import { bytesSource } from '../../source.ts';
import { readAll } from '../../testing/read-all.ts';
import { branchingChatgpt } from '../../testing/samples.ts';
import { zipOf } from '../../testing/write-zip.ts';
import { assetName, LINES_NAME, writeConversation, writeEnd, writeHeader, writeMessage } from './write.ts';

const HEADER = writeHeader(new Date('2026-01-02T03:04:05Z'));

interface Written {
  lines: string;
  /** By the names of their entries in a ZIP. */
  assets: Record<string, Uint8Array>;
}

async function write(conversations: readonly ParsedConversation[]): Promise<Written> {
  const assets: Record<string, Uint8Array> = {};
  const lines = [HEADER];
  const counts = { conversations: conversations.length, messages: 0, attachments: 0 };
  for (const conversation of conversations) {
    const active = conversation.messages.filter(({ onActivePath }) => onActivePath);
    const current = active.toSorted((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0)).at(-1)?.externalId ?? null;
    lines.push(writeConversation(conversation, current));
    for (const message of conversation.messages) {
      const attachments = await Promise.all(message.attachments.map((each) => store(each, assets)));
      lines.push(writeMessage(conversation, { ...message, attachments }));
      counts.messages++;
      counts.attachments += attachments.length;
    }
  }
  return { lines: [...lines, writeEnd(counts)].map((each) => `${each}\n`).join(''), assets };
}

async function store(attachment: ParsedAttachment, assets: Record<string, Uint8Array>) {
  const bytes = await bytesOf(attachment);
  if (bytes === null) return { ...attachment, sha256: null };
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  assets[assetName(sha256)] = bytes;
  return { ...attachment, sha256 };
}

async function bytesOf({ open }: ParsedAttachment): Promise<Uint8Array | null> {
  if (open === null) return null;
  const chunks: Uint8Array[] = [];
  for await (const chunk of open()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const zipped = ({ lines, assets }: Written) => zipOf({ [LINES_NAME]: lines, ...assets });

/** Conversations with the bytes of their files in place of what reads them. */
async function withBytes(conversations: readonly ParsedConversation[]) {
  return Promise.all(
    withoutIssues(conversations).map(async ({ messages, ...rest }) => ({
      ...rest,
      messages: await Promise.all(
        messages.map(async ({ attachments, ...message }) => ({
          ...message,
          attachments: await Promise.all(
            attachments.map(async (each) => ({ ...each, open: (await bytesOf(each))?.toString() ?? null })),
          ),
        })),
      ),
    })),
  );
}

const withoutIssues = (conversations: readonly ParsedConversation[]) =>
  conversations.map(({ issues: _, ...conversation }) => conversation);

const line = (value: object) => `${JSON.stringify(value)}\n`;
const conversation = (more: object = {}) =>
  line({ type: 'conversation', platform: 'chatgpt', id: 'c1', title: 'Lamps', ...more });
const message = (id: string | undefined, more: object = {}) =>
  line({
    type: 'message',
    platform: 'chatgpt',
    conversation: 'c1',
    id,
    role: 'USER',
    text: id ?? 'x',
    contentType: 'text',
    ...more,
  });

describe('a file of our own format', () => {
  test('is read with its tree, texts, times and all that was kept of the vendor', async () => {
    const { conversations, issues } = await readAll(
      `${HEADER}\n` +
        conversation({
          createdAt: '2026-01-01T00:00:00.000Z',
          current: 'b',
          metadata: { starred: true },
          raw: '{"v":1}',
        }) +
        message('a', { author: 'Ada', createdAt: '2026-01-01T00:00:01.000Z', raw: '{"m": 1}' }) +
        message('b', { parent: 'a', role: 'ASSISTANT', model: 'm', metadata: { attachments: [{ name: 'x' }] } }) +
        message('c', { parent: 'a', hidden: true }),
    );
    expect(issues).toEqual([]);
    expect(conversations).toMatchObject([
      {
        platform: 'chatgpt',
        externalId: 'c1',
        title: 'Lamps',
        createdAt: new Date('2026-01-01T00:00:00Z'),
        metadata: { starred: true },
        raw: '{"v":1}',
        issues: [],
        messages: [
          { externalId: 'a', author: 'Ada', sequence: 0, raw: '{"m": 1}', createdAt: new Date('2026-01-01T00:00:01Z') },
          { externalId: 'b', parentExternalId: 'a', role: 'ASSISTANT', model: 'm', sequence: 1 },
          { externalId: 'c', parentExternalId: 'a', hidden: true, onActivePath: false },
        ],
      },
    ]);
  });

  test.each([
    ['a message without an id', message(undefined), 'MISSING_MESSAGE_ID'],
    ['a role that is none', message('a', { role: 'KING' }), 'UNKNOWN_ROLE'],
    ['a message without text', message('a', { text: 7 }), 'INVALID_CONTENT'],
    ['raw text that is no JSON', message('a', { raw: '{' }), 'INVALID_CONTENT'],
    ['raw JSON that is too deep', message('a', { raw: `${'['.repeat(100)}${']'.repeat(100)}` }), 'INVALID_CONTENT'],
    ['a time that is none', message('a', { createdAt: 'soon' }), 'INVALID_TIMESTAMP'],
    ['a second beginning', message('a') + conversation({ title: 'Again' }), 'INVALID_RECORD'],
  ])('with %s is read, and says so', async (_, lines, code) => {
    const { conversations } = await readAll(`${HEADER}\n${conversation()}${lines}`);
    expect(conversations).toHaveLength(1);
    expect(conversations[0]).toMatchObject({ title: 'Lamps', messages: [expect.anything()], issues: [{ code }] });
  });

  test('whose line of a conversation is broken keeps its messages', async () => {
    const { conversations, issues } = await readAll(`${HEADER}\n{"type":"conversation",\n${message('a')}`);
    expect(issues).toMatchObject([{ code: 'INVALID_RECORD', location: '$:2' }]);
    expect(conversations).toMatchObject([
      {
        platform: 'chatgpt',
        externalId: 'c1',
        title: null,
        messages: [{ externalId: 'a' }],
        issues: [{ code: 'INVALID_RECORD' }],
      },
    ]);
  });

  test('keeps a platform that is not known', async () => {
    const { conversations } = await readAll(
      `${HEADER}\n${conversation({ platform: 'mine' })}${message('a', { platform: 'mine' })}`,
    );
    expect(conversations).toMatchObject([{ platform: 'colloquy', metadata: { platform: 'mine' } }]);
  });

  test('is refused or read when it is cut off anywhere, and costs no whole line', async () => {
    const whole = `${HEADER}\n${conversation()}${message('a')}${message('b', { parent: 'a' })}`;
    for (let end = HEADER.length + 1; end < whole.length; end++) {
      const { conversations } = await readAll(whole.slice(0, end)).catch((error: unknown) => {
        expect(error).toBeInstanceOf(ArchiveError);
        return { conversations: [] };
      });
      const lines = whole.slice(0, end).split('\n').length - 2;
      expect(conversations.flatMap(({ messages }) => messages).length).toBeGreaterThanOrEqual(Math.max(0, lines - 1));
    }
  });
});

describe('the files of messages', () => {
  const sha256 = createHash('sha256').update('a lamp').digest('hex');
  const named = {
    id: 'f',
    name: 'lamp.png',
    mediaType: 'image/png',
    byteSize: 6,
    sha256,
    position: 2,
    text: 'A lamp.',
  };
  const read = async (attachments: unknown, files: Record<string, string> = {}) => {
    const lines = `${HEADER}\n${conversation()}${message('a', { attachments })}`;
    const found = await readAll(Object.keys(files).length > 0 ? zipOf({ [LINES_NAME]: lines, ...files }) : lines);
    const [first] = found.conversations;
    return { attachments: first?.messages[0]?.attachments ?? [], codes: first?.issues.map(({ code }) => code) };
  };
  const known = {
    externalId: 'f',
    fileName: 'lamp.png',
    mediaType: 'image/png',
    byteSize: 6,
    position: 2,
    text: 'A lamp.',
  };

  test('come from the ZIP', async () => {
    for (const name of [assetName(sha256), `folder/assets/${sha256}`]) {
      const { attachments, codes } = await read([named], { [name]: 'a lamp' });
      expect([attachments, codes]).toEqual([[{ ...known, open: expect.any(Function) }], []]);
      expect(String(await bytesOf(attachments[0] as ParsedAttachment))).toBe('a lamp');
    }
  });

  test('are no exports, whatever they hold', async () => {
    const other = JSON.stringify([branchingChatgpt()]);
    const hash = createHash('sha256').update(other).digest('hex');
    const lines = `${HEADER}\n${conversation()}${message('a', { attachments: [{ id: 'f', sha256: hash }] })}`;
    const { conversations, issues } = await readAll(zipOf({ [LINES_NAME]: lines, [assetName(hash)]: other }));
    expect([conversations.map(({ externalId }) => externalId), issues]).toEqual([['c1'], []]);
  });

  test('are named by lines alone', async () => {
    expect(await read([named])).toEqual({ attachments: [{ ...known, open: null }], codes: [] });
  });

  test('that a ZIP lacks are named, and missed', async () => {
    const { attachments, codes } = await read([named], { 'assets/other.bin': 'x' });
    expect([attachments, codes]).toEqual([[{ ...known, open: null }], ['UNREADABLE_ATTACHMENT']]);
  });

  test('of any shape cost nothing else', async () => {
    expect(await read('x')).toEqual({ attachments: [], codes: ['INVALID_CONTENT'] });
    const { attachments, codes } = await read([7, {}, { id: 'f' }, { id: 'f', sha256: 'none', byteSize: -1 }]);
    expect(attachments.map(({ externalId }) => externalId)).toEqual(['attachments[1]', 'f', 'f~2']);
    expect(codes).toEqual(['INVALID_CONTENT']);
  });
});

describe('what is written', () => {
  test('has what is remembered, and it comes back', async () => {
    const [first] = (await readAll(`${HEADER}\n${conversation()}${message('a')}`)).conversations;
    const [only] = first?.messages ?? [];
    if (!first || !only) throw new Error('The sample has one message.');
    const replacedAt = new Date('2026-02-01T00:00:00Z');
    const at = replacedAt.toISOString();
    const head = writeConversation({ ...first, formerTitles: [{ title: 'Lights', replacedAt }] }, 'a');
    const revisions = [{ revision: 1, text: 'before', replacedAt }];
    const said = writeMessage(first, { ...only, attachments: [], revisions, absentSince: replacedAt });
    expect(JSON.parse(head)).toMatchObject({ formerTitles: [{ title: 'Lights', replacedAt: at }] });
    expect(JSON.parse(said)).toMatchObject({
      revisions: [{ revision: 1, text: 'before', replacedAt: at }],
      absentSince: at,
    });
    const again = await readAll(`${HEADER}\n${head}\n${said}\n`);
    expect(again).toEqual({
      conversations: [
        {
          ...first,
          formerTitles: [{ title: 'Lights', replacedAt }],
          messages: [{ ...only, formerTexts: revisions, absentSince: replacedAt }],
        },
      ],
      issues: [],
    });
  });

  test('of a history in any shape costs nothing else', async () => {
    const odd = [7, { text: 1 }, { text: 'b', revision: 2, replacedAt: 'once' }, { text: 'c', revision: 2 }];
    const { conversations } = await readAll(
      `${HEADER}\n${conversation({ formerTitles: {} })}${message('a', { revisions: odd, absentSince: 'never' })}`,
    );
    const [{ formerTitles, messages: [only] = [], issues } = { formerTitles: null, issues: [] }] = conversations;
    expect([formerTitles, only?.absentSince]).toEqual([undefined, undefined]);
    expect(only?.formerTexts).toEqual([
      { revision: 1, text: 'b', replacedAt: null },
      { revision: 2, text: 'c', replacedAt: null },
    ]);
    expect(issues.map(({ code, location }) => [code, location.replace(/^.*?\./, '')])).toEqual([
      ['INVALID_CONTENT', 'revisions[0]'],
      ['INVALID_CONTENT', 'revisions[1]'],
      ['INVALID_TIMESTAMP', 'revisions[2].replacedAt'],
      ['INVALID_TIMESTAMP', 'absentSince'],
      ['INVALID_CONTENT', 'formerTitles'],
    ]);
  });

  test('comes back with its files, byte by byte', async () => {
    const attachment = fc.record({
      externalId: fc.constantFrom('f', 'g', 'h'),
      fileName: fc.option(fc.constantFrom('a.png', 'b', 'ü 1.tar.gz')),
      mediaType: fc.option(fc.constantFrom('image/png', 'text/plain')),
      position: fc.option(fc.nat(10)),
      text: fc.option(fc.string({ unit: 'grapheme', minLength: 1 })),
      bytes: fc.option(fc.uint8Array()),
    });
    const given = fc.array(fc.uniqueArray(attachment, { selector: ({ externalId }) => externalId, maxLength: 3 }), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(given, async (messages) => {
        const lines = messages.map((_, index) => message(`m${index}`)).join('');
        const { conversations } = await readAll(`${HEADER}\n${conversation()}${lines}`);
        for (const [index, message] of (conversations[0]?.messages ?? []).entries()) {
          message.attachments = (messages[index] ?? []).map(({ bytes, ...rest }) => ({
            ...rest,
            mediaType: rest.mediaType ?? 'audio/mpeg',
            byteSize: bytes?.length ?? 5,
            open: bytes && (() => bytesSource(bytes).stream()),
          }));
        }
        const again = await readAll(zipped(await write(conversations)));
        expect(again.issues).toEqual([]);
        expect(await withBytes(again.conversations)).toEqual(await withBytes(conversations));
      }),
    );
  });

  test('comes back as it was, whatever it is', async () => {
    const text = fc.string({ unit: 'grapheme' });
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const lines = fc.array(
      fc.record({
        type: fc.constantFrom('message', 'conversation'),
        platform: fc.constantFrom('chatgpt', 'slack', 'mine'),
        conversation: id,
        id,
        parent: fc.option(id),
        current: fc.option(id),
        role: fc.constantFrom('USER', 'ASSISTANT', 'TOOL', 'SYSTEM', 'KING'),
        text,
        author: fc.option(text),
        title: fc.option(text),
        createdAt: fc.option(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })),
        hidden: fc.boolean(),
        metadata: fc.option(fc.dictionary(text, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })),
        raw: fc.option(fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value))),
      }),
      { minLength: 1, maxLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(lines, async (given) => {
        const once = await readAll(`${HEADER}\n${given.map((each) => line(each)).join('')}`);
        const { lines: written } = await write(once.conversations);
        const again = await readAll(written);
        expect(again.issues).toEqual([]);
        expect(withoutIssues(again.conversations)).toEqual(withoutIssues(once.conversations));
      }),
    );
  });

  const exports = join(import.meta.dirname, '../../../../../../shared/fixtures/exports');
  const folders = existsSync(exports) ? ['chatgpt', 'claude', 'gemini'] : [];
  const files = folders.flatMap((folder) =>
    readdirSync(join(exports, folder)).map((name) => join(exports, folder, name)),
  );
  const fixtures = files.length > 0 ? test : test.skip;
  fixtures('comes back from every real export', async () => {
    for (const file of files) {
      const once = await readAll(readFileSync(file)).catch(() => ({ conversations: [] }));
      if (once.conversations.length === 0) continue;
      const again = await readAll(zipped(await write(once.conversations)));
      expect(await withBytes(again.conversations)).toEqual(await withBytes(once.conversations));
    }
    expect(files.length).toBeGreaterThan(10);
  });
});
