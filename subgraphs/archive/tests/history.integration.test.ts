import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  addAssets,
  createViewerRegistry,
  type IncomingAttachment,
  type IncomingMessage,
  inTenant,
  mergeConversations,
} from '@colloquy/database';
import { platformUuid, toId, viewerFromClaims } from '@colloquy/domain';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startNamedSession } from '../../../packages/database/src/testing/start-sessions.ts';
import { claims, startArchive, type TestArchive } from './support/archive.ts';

const OWNER = claims('historian');
const SHA256 = 'a'.repeat(64);
const BYTES = Buffer.from('<script>alert(1)</script>');

let archive: TestArchive;
let conversationId: string;

beforeAll(async () => {
  archive = await startArchive();
  const scope = await createViewerRegistry(archive.database)(viewerFromClaims(OWNER));
  const objectKey = `assets/${scope.tenantId}/1`;
  await mkdir(dirname(join(archive.objects, objectKey)), { recursive: true });
  await writeFile(join(archive.objects, objectKey), BYTES);
  await inTenant(archive.database, scope, (client) =>
    addAssets(client, [{ sha256: SHA256, byteSize: BYTES.length, objectKey }]),
  );

  const visit = async (name: string, title: string, messages: IncomingMessage[]) => {
    const sessionId = await startNamedSession(archive.database, scope, name);
    const conversation = {
      platformId: platformUuid('chatgpt'),
      externalId: 'c1',
      title,
      url: null,
      createdAt: null,
      updatedAt: null,
      metadata: {},
      raw: '{}',
      messages,
    };
    const merged = await inTenant(archive.database, scope, (client) =>
      mergeConversations(client, sessionId, [{ ordinal: 0, conversation }]),
    );
    return merged[0]?.conversationId ?? '';
  };
  await visit('first', 'Lamps', [
    message(0, 'Which lamp?', [FILE, NAMED]),
    message(1, 'The blue one.'),
    message(2, 'Hm.'),
  ]);
  conversationId = await visit('second', 'Red lamps', [
    message(0, 'Which lamp?', [FILE, NAMED]),
    message(1, 'The red one.'),
    message(3, 'Thanks.'),
  ]);
}, 60_000);
afterAll(() => archive.close());

const FILE: IncomingAttachment = {
  externalId: 'f1',
  fileName: 'lämp (1).html',
  mediaType: 'text/html',
  byteSize: BYTES.length,
  sha256: SHA256,
  position: 5,
  text: 'a lamp',
};
const NAMED = { ...FILE, externalId: 'f2', fileName: null, mediaType: null, byteSize: null, sha256: null, text: null };

function message(minute: number, text: string, attachments: IncomingAttachment[] = []): IncomingMessage {
  return {
    externalId: `m${minute}`,
    parentExternalId: minute === 0 ? null : `m${minute === 3 ? 1 : minute - 1}`,
    role: 'USER',
    author: null,
    text,
    hidden: false,
    sequence: minute === 3 ? 2 : minute,
    createdAt: new Date(Date.UTC(2026, 0, 1, 9, minute)),
    model: null,
    contentType: 'text',
    metadata: {},
    raw: '{}',
    attachments,
  };
}

const QUERY = `query ($id: ID!) {
  conversation(id: $id) {
    title
    formerTitles { title replacedAt }
    messages(branch: ALL) { edges { node {
      text revision absentSince
      revisions { revision text replacedAt }
      attachments { __typename id fileName mediaType byteSize sha256 position text url message { text } }
    } } }
  }
}`;

async function nodes() {
  const { data, errors } = await archive.ask(OWNER, QUERY, { id: toId('conversation', conversationId) });
  expect(errors).toBeUndefined();
  const { messages, ...conversation } = data.conversation;
  return { conversation, messages: messages.edges.map(({ node }: { node: unknown }) => node) };
}

describe('what a later export changed', () => {
  test('is told with what was before it', async () => {
    const { conversation, messages } = await nodes();
    expect(conversation).toEqual({
      title: 'Red lamps',
      formerTitles: [{ title: 'Lamps', replacedAt: expect.stringMatching(/^20/) }],
    });
    const edited = messages.find(({ text }: { text: string }) => text === 'The red one.');
    expect(edited).toMatchObject({
      revision: 2,
      absentSince: null,
      revisions: [
        { revision: 1, text: 'The blue one.', replacedAt: expect.stringMatching(/^20/) },
        { revision: 2, text: 'The red one.', replacedAt: null },
      ],
    });
  });

  test('what it no longer holds stays, and says since when', async () => {
    const { messages } = await nodes();
    const absent = messages.filter(({ absentSince }: { absentSince: string | null }) => absentSince !== null);
    expect(absent).toMatchObject([{ text: 'Hm.', revision: 1, revisions: [{ revision: 1, text: 'Hm.' }] }]);
  });
});

describe('attachments', () => {
  const attachments = async () => (await nodes()).messages[0].attachments;

  test('are listed with what is known of them', async () => {
    const [file, named] = await attachments();
    expect(file).toEqual({
      __typename: 'Attachment',
      id: expect.stringMatching(/^att_/),
      fileName: 'lämp (1).html',
      mediaType: 'text/html',
      byteSize: BYTES.length,
      sha256: SHA256,
      position: 5,
      text: 'a lamp',
      url: `/attachments/${file.id}`,
      message: { text: 'Which lamp?' },
    });
    expect(named).toMatchObject({ fileName: null, byteSize: null, sha256: null, url: null });
    const { data } = await archive.ask(
      OWNER,
      '{ node(id: "ID") { ... on Attachment { position } } }'.replace('ID', file.id),
    );
    expect(data.node).toEqual({ position: 5 });
  });

  test('can be fetched, as something to be saved and not to be run', async () => {
    const [file] = await attachments();
    const response = await fetch(archive.url + file.url, { headers: await archive.headers(OWNER) });
    expect(Buffer.from(await response.arrayBuffer())).toEqual(BYTES);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html',
      'content-length': String(BYTES.length),
      'content-disposition': "attachment; filename*=UTF-8''l%C3%A4mp%20%281%29.html",
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
  });

  test("are nobody else's, and unknown ones are 404", async () => {
    const [file, named] = await attachments();
    const get = async (id: string, who = OWNER) =>
      (await fetch(`${archive.url}/attachments/${id}`, { headers: await archive.headers(who) })).status;
    expect(await get(file.id, claims('stranger'))).toBe(404);
    expect(await get(named.id)).toBe(404);
    expect(await get('nonsense')).toBe(404);
    expect((await fetch(archive.url + file.url)).status).toBe(401);
  });
});
