import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ROOT, startPlatform, type TestPlatform } from '../support/platform.ts';
import { snapshot } from '../support/snapshot.ts';

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startPlatform({ environment: { EMBEDDER: 'hashing' } });
  await platform.settled();
}, 300_000);
afterAll(() => platform?.stop(), 120_000);

test('what the command imports it deletes, from every store', async () => {
  const imported = await platform.command(['import', join(ROOT, 'samples/claude-conversations.json'), '--json']);
  const { sessionId, messages } = JSON.parse(imported.stdout);
  const token = await platform.token('local');
  const { data } = await platform.graphql(
    token,
    'query ($id: ID!) { extractionSession(id: $id) { archive { id } conversations { edges { node { id } } } } }',
    { id: sessionId },
  );
  const { archive, conversations } = data.extractionSession;
  expect((await platform.command(['retry', sessionId])).stderr).toContain('The session is COMPLETED');
  expect((await platform.command(['delete', 'archive', archive.id])).code).toBe(2);

  const conversationId = conversations.edges[0].node.id;
  const one = await platform.command(['delete', 'conversation', conversationId, '--yes']);
  expect([one.code, one.stdout]).toEqual([
    0,
    expect.stringContaining('Still in the stored file of claude-conversations'),
  ]);
  const whole = await platform.command(['delete', 'archive', archive.id, '--yes', '--json']);
  expect(whole.code).toBe(0);
  expect(JSON.parse(whole.stdout)).toMatchObject({
    status: 'COMPLETED',
    counts: { conversations: conversations.edges.length - 1, objects: 1 },
  });
  expect(JSON.parse(whole.stdout).counts.messages).toBeLessThan(messages);
  const left = await snapshot(await platform.settings(), 'local');
  expect(Object.values(left).flat()).toEqual([]);
  const audit = await platform.graphql(token, '{ deletions { edges { node { kind status } } } }');
  expect(audit.data.deletions.edges.map(({ node }: { node: object }) => node)).toEqual([
    { kind: 'ARCHIVE', status: 'COMPLETED' },
    { kind: 'CONVERSATION', status: 'COMPLETED' },
  ]);
}, 180_000);
