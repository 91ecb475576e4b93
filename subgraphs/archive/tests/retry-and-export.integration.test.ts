import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { claims, startArchive, type TestArchive } from './support/archive.ts';
import { importBytes } from './support/deletions.ts';
import { ended, retry, startImport } from './support/extractions.ts';
import { FIRST, SECOND } from './support/two-exports.ts';
import { startWorker, type TestWorker } from './support/worker.ts';

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
const viewer = (tenant: string, role = 'STANDARD') => claims(`${tenant}-${run}`, role);

describe('an extraction', () => {
  test('is taken up again when it was cancelled, and not otherwise', async () => {
    const who = viewer('retries');
    await worker.kill();
    const { sessionId } = await startImport(archive, who, SECOND);
    expect(await retry(archive, who, sessionId)).toMatchObject({ code: 'NOT_RETRYABLE' });
    await archive.ask(who, `mutation ($id: ID!) { cancelExtraction(input: { sessionId: $id }) { __typename } }`, {
      id: sessionId,
    });
    expect(await retry(archive, viewer('retries', 'READ_ONLY'), sessionId)).toBeUndefined();
    expect(await retry(archive, viewer('others'), sessionId)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await retry(archive, who, sessionId)).toMatchObject({ session: { id: sessionId, status: 'PENDING' } });
    worker = startWorker(archive);
    await ended(archive, who, sessionId);
  }, 120_000);
});

describe('an export', () => {
  const EXPORT = `mutation ($archiveId: ID) { exportArchive(input: { archiveId: $archiveId }) {
    ... on ExportArchivePayload { url conversationCount messageCount } ... on Error { code } } }`;

  test('says where it is and how much, to its own tenant', async () => {
    const reader = viewer('exporter', 'READ_ONLY');
    const { archiveId } = await importBytes(archive, viewer('exporter'), FIRST);
    const { data } = await archive.ask(reader, EXPORT, { archiveId });
    expect(data.exportArchive).toEqual({ url: `/exports/${archiveId}`, conversationCount: 2, messageCount: 9 });
    const all = await archive.ask(reader, EXPORT);
    expect(all.data.exportArchive).toEqual({ url: '/exports/all', conversationCount: 2, messageCount: 9 });
    const response = await fetch(`${archive.url}${data.exportArchive.url}`, { headers: await archive.headers(reader) });
    expect([response.status, (await response.arrayBuffer()).byteLength > 0]).toEqual([200, true]);
    const foreign = await archive.ask(viewer('snoop'), EXPORT, { archiveId });
    expect(foreign.data.exportArchive).toEqual({ code: 'NOT_FOUND' });
  }, 120_000);
});
