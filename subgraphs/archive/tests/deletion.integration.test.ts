import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { inTenant } from '@colloquy/database';
import { tenantUuid } from '@colloquy/domain';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ZipFile } from 'yazl';
import { generateExport } from '../../../tests/support/generated-export.ts';
import { type Snapshot, snapshot } from '../../../tests/support/snapshot.ts';
import { until } from '../../../tests/support/wait.ts';
import { type Claims, claims, startArchive, type TestArchive } from './support/archive.ts';
import { chatExport } from './support/chat.ts';
import { askToDelete, completed, deleteWhole, importBytes } from './support/deletions.ts';
import { ended, retry, startImport } from './support/extractions.ts';
import { FIRST, PHOTOS, SECOND, STORAGE } from './support/two-exports.ts';
import { storedFiles } from './support/upload.ts';
import { startWorker, storeSettings, type TestWorker } from './support/worker.ts';

let archive: TestArchive;
let worker: TestWorker;

beforeAll(async () => {
  archive = await startArchive();
  worker = startWorker(archive);
}, 60_000);
afterAll(async () => {
  await worker.kill();
  await archive.close();
});

// Neo4j and Weaviate are shared with other runs: a name would be the same tenant there.
const run = randomBytes(4).toString('hex');
const nameOf = (tenant: string) => `${tenant}-${run}`;
const viewer = (tenant: string, role = 'STANDARD') => claims(nameOf(tenant), role);
const curator = (tenant: string) => viewer(tenant, 'CURATOR');

const stores = (tenant: string) => snapshot(storeSettings(archive), nameOf(tenant));
const nothing: Snapshot = {
  conversations: [],
  messages: [],
  items: [],
  evidence: [],
  relations: [],
  graphNodes: [],
  graphEdges: [],
  chunks: [],
  owners: [],
};

/** The vendor's JSON of a message goes with the text it describes; everything else must be equal. */
function withoutRaw({ messages, ...rest }: Snapshot) {
  return { ...rest, messages: messages.map((line) => line.replace(/(\|[0-9a-f]{32})\|[0-9a-f]{32}$/, '$1')) };
}

async function query(tenant: string, text: string, variables: Record<string, unknown> = {}) {
  const { data, errors } = await archive.ask(curator(tenant), text, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

const idOf = async (who: Claims, conversation: string, message?: string): Promise<string> => {
  const { data } = await archive.ask(
    who,
    `{ conversations(first: 100) { edges { node { id externalId messages(first: 100, branch: ALL) { edges { node { id text } } } } } } }`,
  );
  const found = data.conversations.edges.find(
    ({ node }: { node: { externalId: string } }) => node.externalId === conversation,
  )?.node;
  if (message === undefined) return found.id;
  return found.messages.edges.find(({ node }: { node: { text: string } }) => node.text.includes(message)).node.id;
};

describe('an archive', () => {
  test.each([
    ['the earlier', 'later', 0, SECOND],
    ['the later', 'earlier', 1, FIRST],
  ])(
    '%s of two that overlap leaves what an import of the other alone gives',
    async (_, tenant, gone, other) => {
      const both = curator(`both-${tenant}`);
      const imported = [await importBytes(archive, both, FIRST), await importBytes(archive, both, SECOND)];
      await importBytes(archive, curator(`alone-${tenant}`), other);
      const before = await stores(`both-${tenant}`);

      const deletion = await deleteWhole(archive, both, 'Archive', imported[gone]!.archiveId);
      const [left, alone] = [await stores(`both-${tenant}`), await stores(`alone-${tenant}`)];
      expect(withoutRaw(left)).toEqual(withoutRaw(alone));

      expect(deletion).toMatchObject({ kind: 'ARCHIVE', subjectName: 'export.json', waitingFor: null, archives: [] });
      const { counts } = deletion;
      expect(counts.conversations).toBe(before.conversations.length - left.conversations.length);
      expect(counts.messages).toBe(before.messages.length - left.messages.length);
      expect(counts.revisions).toBe(1);
      expect(counts).toMatchObject({ objects: 1, objectBytes: Buffer.byteLength(gone === 0 ? FIRST : SECOND) });
      for (const name of ['items', 'chunks', 'embeddings', 'graphNodes', 'graphEdges', 'vectors'])
        expect([name, counts[name] > 0]).toEqual([name, true]);
      expect(
        (await query(`both-${tenant}`, '{ extractionSessions { totalCount } }')).extractionSessions.totalCount,
      ).toBe(1);
    },
    120_000,
  );

  test('whose items were related to many others leaves the relations that hold without them', async () => {
    const all = JSON.parse(generateExport({ conversations: 16, turns: 6 }).json);
    const [first, second] = [JSON.stringify(all.slice(0, 10)), JSON.stringify(all.slice(6))];
    const { archiveId } = await importBytes(archive, curator('related'), first);
    await importBytes(archive, curator('related'), second);
    await importBytes(archive, curator('related-alone'), second);
    const { counts } = await deleteWhole(archive, curator('related'), 'Archive', archiveId);
    expect([counts.conversations, counts.relations > 100]).toEqual([6, true]);
    expect(await stores('related')).toEqual(await stores('related-alone'));
  }, 120_000);

  test('leaves nothing when it was the only one, and comes again as a new one', async () => {
    const who = curator('only');
    const files = (await storedFiles(archive)).length;
    const { archiveId, sessionId } = await importBytes(archive, who, FIRST);
    const before = await stores('only');
    const { counts } = await deleteWhole(archive, who, 'Archive', archiveId);
    expect(await stores('only')).toEqual(nothing);
    expect(counts).toMatchObject({
      conversations: before.conversations.length,
      messages: before.messages.length,
      items: before.items.length,
      relations: before.relations.length,
      chunks: before.chunks.length,
      graphNodes: before.graphNodes.length,
      graphEdges: before.graphEdges.length,
      vectors: before.chunks.length,
      objects: 1,
    });
    expect((await storedFiles(archive)).length).toBe(files);
    expect(await askToDelete(archive, who, 'Archive', archiveId)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await query('only', 'query ($id: ID!) { node(id: $id) { id } }', { id: sessionId })).toEqual({ node: null });

    const again = await importBytes(archive, who, FIRST);
    expect(again.archiveId).not.toBe(archiveId);
    expect(withoutRaw(await stores('only'))).toEqual(withoutRaw(before));
  }, 120_000);

  test('whose extraction waits is cancelled first', async () => {
    const who = curator('cancelled');
    await worker.kill();
    const { archiveId, sessionId } = await startImport(archive, who, SECOND);
    const asked = await askToDelete(archive, who, 'Archive', archiveId);
    expect(asked.deletion.status).toBe('PENDING');
    const session = await query('cancelled', 'query ($id: ID!) { extractionSession(id: $id) { status } }', {
      id: sessionId,
    });
    expect(session.extractionSession.status).toBe('CANCELLED');
    expect(await retry(archive, who, sessionId)).toMatchObject({ code: 'ARCHIVE_NOT_STORED' });
    expect((await askToDelete(archive, who, 'Archive', archiveId)).deletion.id).toBe(asked.deletion.id);
    worker = startWorker(archive);
    await completed(archive, who, asked.deletion.id);
    expect(await stores('cancelled')).toEqual(nothing);
  }, 120_000);

  test('waits for a store that is away, and says so', async () => {
    const who = curator('away');
    const { archiveId } = await importBytes(archive, who, FIRST);
    await worker.kill();
    worker = startWorker(archive, { NEO4J_URL: 'bolt://127.0.0.1:9' });
    const asked = await askToDelete(archive, who, 'Archive', archiveId);
    await until('the deletion to wait for Neo4j', 60_000, async () => {
      const { deletion } = await query('away', 'query ($id: ID!) { deletion(id: $id) { status waitingFor } }', {
        id: asked.deletion.id,
      });
      return deletion.status === 'PROCESSING' && deletion.waitingFor?.startsWith('Neo4j: ') ? true : null;
    });
    const meanwhile = await stores('away');
    expect([meanwhile.messages, meanwhile.chunks, meanwhile.graphNodes.length > 0]).toEqual([[], [], true]);
    await worker.kill();
    worker = startWorker(archive);
    const { counts } = await completed(archive, who, asked.deletion.id);
    expect(await stores('away')).toEqual(nothing);
    expect([counts.vectors > 0, counts.graphNodes]).toEqual([true, meanwhile.graphNodes.length]);
  }, 120_000);

  test('goes whole, whenever the worker is killed', async () => {
    const [who, alone] = [curator('killed'), curator('killed-alone')];
    const { archiveId } = await importBytes(archive, who, FIRST);
    await importBytes(archive, who, SECOND);
    await importBytes(archive, alone, SECOND);
    const asked = await askToDelete(archive, who, 'Archive', archiveId);
    for (const step of ['UNPROJECT', 'DERIVE']) {
      await until(`the step ${step}`, 30_000, async () => {
        const { rows } = await archive.database.pool.query(
          `SELECT payload->>'step' AS step FROM graphile_worker._private_jobs WHERE payload->>'step' IS NOT NULL`,
        );
        return rows.some((row) => row.step === step || row.step === 'SWEEP') ? true : null;
      });
      await worker.kill();
      worker = startWorker(archive);
    }
    await completed(archive, who, asked.deletion.id);
    expect(withoutRaw(await stores('killed'))).toEqual(withoutRaw(await stores('killed-alone')));
  }, 180_000);
});

describe('a conversation', () => {
  test('goes from every archive that holds it, which is said, and comes back with a later import', async () => {
    const who = curator('conversation');
    const first = await importBytes(archive, who, FIRST);
    const second = await importBytes(archive, who, SECOND);
    const before = await stores('conversation');
    const deletion = await deleteWhole(archive, who, 'Conversation', await idOf(who, 'storage'));
    expect(deletion.subjectName).toBe('chatgpt storage');
    expect(deletion.archives).toEqual([{ id: first.archiveId }, { id: second.archiveId }]);
    expect(deletion.counts).toMatchObject({ conversations: 1, messages: 8, revisions: 1, objects: 0 });
    const left = await stores('conversation');
    expect(left.conversations.map((line) => line.split('|')[1])).toEqual(['photos', 'tokens']);
    expect(JSON.stringify(left)).not.toContain('storage|');
    expect(left.graphNodes.length).toBe(before.graphNodes.length - deletion.counts.graphNodes);

    await importBytes(archive, who, `${SECOND} `);
    expect((await stores('conversation')).messages.filter((line) => line.startsWith('storage|'))).toHaveLength(7);
  }, 120_000);
});

describe('deletions beside an import', () => {
  test('that holds the same things let both come to their end', async () => {
    const who = curator('beside');
    const generated = generateExport({ conversations: 24, turns: 10 });
    const first = await importBytes(archive, who, JSON.stringify(JSON.parse(generated.json).slice(0, 8)));
    const { conversations } = await query('beside', '{ conversations(first: 100) { edges { node { id } } } }');
    const ids: string[] = conversations.edges.map((edge: { node: { id: string } }) => edge.node.id);
    const { sessionId } = await startImport(archive, who, generated.json);
    const asked = [];
    for (const id of ids.slice(0, 4)) asked.push(await askToDelete(archive, who, 'Conversation', id));
    asked.push(await askToDelete(archive, who, 'Archive', first.archiveId));
    for (const { deletion } of asked) await completed(archive, who, deletion.id);
    await ended(archive, who, sessionId);
    // What the import had not reached when it was deleted it brought again: each conversation is whole, or is not there.
    const left = await stores('beside');
    expect(left.conversations.length).toBeGreaterThanOrEqual(20);
    expect(left.owners.filter((line) => line.startsWith('MESSAGE'))).toHaveLength(left.messages.length);
    expect(left.owners.filter((line) => line.startsWith('ITEM'))).toHaveLength(left.items.length);
    expect(left.graphNodes).toHaveLength(left.items.length + left.conversations.length);
    expect(left.graphEdges).toHaveLength(left.items.length + left.relations.length);
    expect(JSON.stringify(left)).not.toContain('unknown');
  }, 180_000);
});

describe('a message', () => {
  test('goes with what was derived from it; its replies move up, and the path closes', async () => {
    const who = curator('message');
    const imported = await importBytes(archive, who, FIRST);
    const before = await stores('message');
    const messageId = await idOf(who, 'storage', "Let's go with IndexedDB");
    const deletion = await deleteWhole(archive, who, 'Message', messageId);
    expect(deletion).toMatchObject({
      subjectName: 'chatgpt storage / s3',
      archives: [{ id: imported.archiveId }],
      counts: { conversations: 0, messages: 1, objects: 0 },
    });
    expect(deletion.counts.items).toBeGreaterThan(0);
    expect(JSON.stringify(await stores('message'))).not.toContain("Let's go with IndexedDB");
    const { conversations } = await query(
      'message',
      `{ conversations(first: 100) { edges { node { externalId messageCount messages(first: 100) { edges { node { text sequence parent { text } } } } } } } }`,
    );
    const { node } = conversations.edges.find(
      (edge: { node: { externalId: string } }) => edge.node.externalId === 'storage',
    );
    const texts = STORAGE.messages.filter(({ id }) => id !== 's3').map(({ text }) => text);
    expect(node.messageCount).toBe(5);
    expect(node.messages.edges.map((edge: { node: object }) => edge.node)).toEqual(
      texts.map((text, sequence) => ({
        text,
        sequence,
        parent: sequence === 0 ? null : { text: texts[sequence - 1] },
      })),
    );
    const left = await stores('message');
    expect(left.chunks.length).toBe(left.owners.length);
    expect(left.messages.length).toBe(before.messages.length - 1);
    expect(left.items.every((line) => !line.includes('|s3|'))).toBe(true);
  }, 120_000);
});

describe('a file that came with messages', () => {
  test('goes from the object store with the last message that names it', async () => {
    const who = curator('files');
    const picture = Buffer.from('not quite a picture');
    const chat = JSON.parse(chatExport([PHOTOS]));
    const pointer = { content_type: 'image_asset_pointer', asset_pointer: 'file-service://file-AAA', size_bytes: 19 };
    for (const id of ['p1', 'p3']) {
      const { content } = chat[0].mapping[id].message;
      chat[0].mapping[id].message.content = { content_type: 'multimodal_text', parts: [pointer, ...content.parts] };
    }
    const zip = new ZipFile();
    zip.addBuffer(Buffer.from(JSON.stringify(chat)), 'conversations.json');
    zip.addBuffer(picture, 'file-AAA-plan.png');
    zip.end();
    await importBytes(archive, who, await buffer(zip.outputStream));
    const objects = async () =>
      (
        await inTenant(archive.database, { tenantId: tenantUuid(nameOf('files')), userId: null }, (client) =>
          client.query('SELECT object_key FROM intelligence.assets'),
        )
      ).rowCount;
    expect(await objects()).toBe(1);
    const files = (await storedFiles(archive)).length;

    const first = await deleteWhole(archive, who, 'Message', await idOf(who, 'photos', 'too big to upload'));
    expect(first.counts).toMatchObject({ attachments: 1, objects: 0 });
    expect([await objects(), (await storedFiles(archive)).length]).toEqual([1, files]);
    const second = await deleteWhole(archive, who, 'Message', await idOf(who, 'photos', '1600 pixels'));
    expect(second.counts).toMatchObject({ attachments: 1, objects: 1, objectBytes: picture.length });
    expect([await objects(), (await storedFiles(archive)).length]).toEqual([0, files - 1]);
  }, 120_000);
});

describe('who may', () => {
  test('delete is a curator, of the own tenant', async () => {
    const owner = curator('mine');
    const { archiveId } = await importBytes(archive, owner, FIRST);
    const ids = {
      Archive: archiveId,
      Conversation: await idOf(owner, 'storage'),
      Message: await idOf(owner, 'storage', 'IndexedDB'),
    };
    const before = await stores('mine');
    for (const kind of ['Archive', 'Conversation', 'Message'] as const) {
      const refused = await askToDelete(archive, viewer('mine', 'PREMIUM'), kind, ids[kind]);
      expect(refused.errors[0].extensions.code).toBe('FORBIDDEN');
      expect(await askToDelete(archive, curator('theirs'), kind, ids[kind])).toMatchObject({ code: 'NOT_FOUND' });
      expect(await askToDelete(archive, owner, kind, 'nonsense')).toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await stores('mine')).toEqual(before);

    const { id } = await deleteWhole(archive, owner, 'Message', ids.Message);
    const theirs = await query(
      'theirs',
      'query ($id: ID!) { deletion(id: $id) { id } node(id: $id) { id } deletions { totalCount } }',
      { id },
    );
    expect(theirs).toEqual({ deletion: null, node: null, deletions: { totalCount: 0 } });
    const mine = await query('mine', 'query ($id: ID!) { node(id: $id) { id } deletions { edges { node { id } } } }', {
      id,
    });
    expect(mine).toEqual({ node: { id }, deletions: { edges: [{ node: { id } }] } });
  }, 120_000);
});
