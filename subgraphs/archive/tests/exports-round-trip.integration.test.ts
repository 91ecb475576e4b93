import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  addAssets,
  completeUpload,
  createUpload,
  createViewerRegistry,
  inTenant,
  mergeConversations,
  startSession,
} from '@colloquy/database';
import { platformUuid, viewerFromClaims } from '@colloquy/domain';
import { bytesSource, type ParsedAttachment, type ParsedConversation, readArchive } from '@colloquy/formats';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { claims, startArchive, type TestArchive } from './support/archive.ts';

let archive: TestArchive;
beforeAll(async () => {
  archive = await startArchive();
}, 60_000);
afterAll(() => archive.close());

const PICTURE = { type: 'base64', media_type: 'image/png', data: Buffer.alloc(300_000, 'lamp').toString('base64') };

/** Names its place and what it is said by, in the manner of Claude Code. */
const line = (type: string, uuid: string, parentUuid: string | null, content: unknown) => ({
  parentUuid,
  sessionId: '5e551000-1111-4222-8333-444455556666',
  type,
  message: { role: type, content, ...(type === 'assistant' && { model: 'a-model' }) },
  uuid,
  timestamp: `2026-03-04T05:06:0${uuid.length}.789Z`,
});

const node = (id: string, parent: string | null, role: string | null, text: string) => ({
  id,
  parent,
  children: [],
  message: role && {
    id,
    author: { role },
    create_time: 1_770_000_000.25,
    content: { content_type: 'text', parts: [text] },
    metadata: { attachments: [{ id: 'file-1', name: 'plan.pdf', mime_type: 'application/pdf', size: 99 }] },
  },
});

/** Exports with branches, hidden messages, files in prompts and results, files that are only named, and odd texts. */
const SAMPLES: [string, string][] = [
  [
    'session',
    [
      line('user', 'a', null, [
        { type: 'text', text: 'What is it? 🐘 "\\\u2028' },
        { type: 'image', source: PICTURE },
      ]),
      line('assistant', 'bb', 'a', [{ type: 'thinking', thinking: 'Hm.', signature: 's' }]),
      line('assistant', 'ccc', 'bb', [{ type: 'tool_use', id: 't', name: 'Read', input: { path: 'x' } }]),
      line('user', 'dddd', 'ccc', [
        { type: 'tool_result', tool_use_id: 't', content: [{ type: 'image', source: PICTURE }] },
      ]),
      line('assistant', 'eeeee', 'dddd', [{ type: 'text', text: 'A lamp.' }]),
      line('assistant', 'ffffff', 'dddd', [{ type: 'text', text: 'No, two.' }]),
    ]
      .map((each) => JSON.stringify(each))
      .join('\n'),
  ],
  [
    'tree',
    JSON.stringify([
      {
        id: '0f9a4d5e-1111-4222-8333-444455556666',
        title: 'Herbs',
        create_time: 1_770_000_000,
        update_time: 1_770_000_100,
        current_node: 'one',
        mapping: {
          root: node('root', null, null, ''),
          q: node('q', 'root', 'user', 'Which herbs?'),
          one: node('one', 'q', 'assistant', 'Basil.'),
          two: node('two', 'q', 'assistant', 'Thyme.'),
        },
      },
    ]),
  ],
  [
    'list',
    JSON.stringify({
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [{ type: 'file', file: { filename: 'a.txt', file_data: 'data:text/plain;base64,aGk=' } }],
        },
        { role: 'assistant', content: 'Hi.' },
      ],
    }),
  ],
];

async function read(bytes: Uint8Array): Promise<ParsedConversation[]> {
  const conversations: ParsedConversation[] = [];
  for await (const record of readArchive(bytesSource(bytes))) {
    if (record.kind === 'issue') throw new Error(record.issue.message);
    conversations.push(record.conversation);
  }
  return conversations;
}

async function bytesOf({ open }: ParsedAttachment): Promise<Buffer | null> {
  if (open === null) return null;
  const chunks: Uint8Array[] = [];
  for await (const chunk of open()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

type Arriving = Parameters<typeof mergeConversations>[2][number];

/** Stores conversations and their files as an import does. */
async function store(tenant: string, conversations: readonly ParsedConversation[]): Promise<void> {
  const viewer = viewerFromClaims({ sub: `${tenant}-owner`, tenant, role: 'STANDARD' });
  const scope = await createViewerRegistry(archive.database)(viewer);
  const assets = new Map<string, number>();
  const keep = async (attachment: ParsedAttachment) => {
    const bytes = await bytesOf(attachment);
    if (bytes === null) return { ...attachment, sha256: null };
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const path = join(archive.objects, 'assets', scope.tenantId, sha256);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
    assets.set(sha256, bytes.length);
    return { ...attachment, sha256, byteSize: bytes.length };
  };
  const incoming: Arriving[] = [];
  for (const [ordinal, conversation] of conversations.entries()) {
    const messages = [];
    for (const message of conversation.messages)
      messages.push({ ...message, attachments: await Promise.all(message.attachments.map(keep)) });
    incoming.push({
      ordinal,
      conversation: { ...conversation, messages, platformId: platformUuid(conversation.platform) },
    });
  }
  await inTenant(archive.database, scope, async (client) => {
    const { userId, tenantId } = scope;
    const sha256 = createHash('sha256').update(`${tenant} ${conversations[0]?.externalId}`).digest('hex');
    const { archiveId } = await createUpload(client, { fileName: 'x.json', byteSize: 1, sha256, userId });
    await completeUpload(client, { archiveId, sha256, objectKey: `archives/${tenant}` });
    const start = { archiveId, platformId: platformUuid('chatgpt'), format: 'chatgpt-json', userId };
    const { sessionId } = await startSession(client, start);
    const stored = [...assets].map(([hash, byteSize]) => ({
      sha256: hash,
      byteSize,
      objectKey: `assets/${tenantId}/${hash}`,
    }));
    await addAssets(client, stored);
    await mergeConversations(client, sessionId, incoming);
  });
}

async function exported(tenant: string): Promise<ParsedConversation[]> {
  const headers = { ...(await archive.headers(claims(tenant))), accept: 'application/zip' };
  const response = await fetch(`${archive.url}/exports/all`, { headers });
  return read(new Uint8Array(await response.arrayBuffer()));
}

/** What must be the same on either side; PostgreSQL keeps the values of JSON, not its white space. */
async function essence(conversations: readonly ParsedConversation[]) {
  const all = conversations.map(async ({ platform, externalId, title, url, metadata, messages, raw }) => ({
    ...{ platform, externalId, title, url, metadata },
    raw: JSON.parse(raw),
    messages: await Promise.all(
      messages.map(async ({ attachments, ...message }) => ({
        ...message,
        raw: JSON.parse(message.raw),
        attachments: await Promise.all(
          attachments.map(async (each) => ({ ...each, open: (await bytesOf(each))?.toString('base64') ?? null })),
        ),
      })),
    ),
  }));
  return Promise.all(all);
}

describe('what is imported, exported and imported elsewhere', () => {
  test.each(SAMPLES)(
    'is the same (%s)',
    async (name, sample) => {
      const [giver, taker] = [`giver-of-${name}`, `taker-of-${name}`];
      const original = await read(Buffer.from(sample));
      expect(original).toHaveLength(1);
      expect(original[0]?.messages.flatMap(({ attachments }) => attachments).length).toBeGreaterThan(0);
      await store(giver, original);
      const first = await exported(giver);
      expect(await essence(first)).toEqual(await essence(original));
      expect(first.flatMap(({ issues }) => issues)).toEqual([]);
      await store(taker, first);
      // With the times of the conversations, which are the store's own.
      const second = await exported(taker);
      expect(await essence(second)).toEqual(await essence(first));
      expect(second.map(({ createdAt, updatedAt }) => [createdAt, updatedAt])).toEqual(
        first.map(({ createdAt, updatedAt }) => [createdAt, updatedAt]),
      );
    },
    60_000,
  );
});
