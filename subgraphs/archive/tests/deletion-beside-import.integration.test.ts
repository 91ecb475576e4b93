import {
  deletionStep,
  eraseConversation,
  inTenant,
  LeaseLostError,
  requestDeletion,
  stageStep,
  takeDeletion,
  takeStage,
} from '@colloquy/database';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startArchive, type TestArchive } from './support/archive.ts';
import { type Seeded, seed } from './support/seed.ts';

let archive: TestArchive;
let seeded: Seeded;

beforeAll(async () => {
  archive = await startArchive();
  seeded = await seed(archive.database, { tenant: 'importing', conversations: 4, messagesEach: 2, itemsEach: 1 });
}, 60_000);
afterAll(() => archive.close());

const run = (statement: string, values: unknown[] = []) =>
  inTenant(archive.database, seeded.scope, (client) => client.query(statement, values));

async function erase(conversationId: string): Promise<void> {
  const { database } = archive;
  const { tenantId, userId } = seeded.scope;
  const requested = await inTenant(database, seeded.scope, (client) =>
    requestDeletion(client, { kind: 'CONVERSATION', subjectId: conversationId, userId }),
  );
  const lease = await takeDeletion(database, { tenantId, deletionId: requested?.deletionId ?? '', step: 'ERASE' });
  if (!lease) throw new Error('The deletion was not there to be taken.');
  await deletionStep(database, lease, (client) => eraseConversation(client, lease));
  expect(await takeDeletion(database, { tenantId, deletionId: lease.deletionId, step: 'SWEEP' })).toBeNull();
}

test('a conversation that goes while its archive is imported makes no stage skip another one', async () => {
  const { database } = archive;
  const { tenantId } = seeded.scope;
  await run(
    `UPDATE intelligence.session_stages SET done = CASE stage WHEN 'EXTRACT' THEN 2 ELSE 0 END WHERE session_id = $1`,
    [seeded.sessionId],
  );
  const extracted = async () =>
    (
      await run(`SELECT done FROM intelligence.session_stages WHERE session_id = $1 AND stage = 'EXTRACT'`, [
        seeded.sessionId,
      ])
    ).rows[0].done;
  const embedding = await takeStage(database, tenantId, seeded.sessionId, 'EMBED');
  if (!embedding) throw new Error('EMBED was not there to be taken.');

  await erase(seeded.conversationIds[3] ?? '');
  expect(await extracted()).toBe(2);
  await erase(seeded.conversationIds[0] ?? '');
  expect(await extracted()).toBe(1);
  // Whatever was cut before must not be stored; the stage begins again.
  await expect(stageStep(database, embedding, async () => ({ done: 1, total: 4 }))).rejects.toBeInstanceOf(
    LeaseLostError,
  );
  const { rows } = await database.pool.query(
    `SELECT 1 FROM graphile_worker._private_jobs WHERE payload->>'sessionId' = $1 AND payload->>'stage' = 'EMBED'`,
    [seeded.sessionId],
  );
  expect(rows).toHaveLength(1);
});
