import { ARRANGED_BY_TIME, platformUuid, tenantUuid } from '@colloquy/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import type { Database } from '../connection/database.ts';
import { createViewerRegistry } from '../connection/identity.ts';
import { inTenant, type TenantScope } from '../connection/tenant.ts';
import type { IncomingMessage } from './incoming.ts';
import { mergeConversation } from './merge.ts';

let testDatabase: TestDatabase;
let database: Database;
let scope: TenantScope;
let number = 0;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = testDatabase.open();
}, 30_000);
afterAll(() => testDatabase.drop());
beforeEach(async () => {
  const tenant = `merger-${number++}`;
  const viewer = {
    tenantId: tenantUuid(tenant),
    tenant,
    subject: 'one',
    displayName: 'One',
    role: 'STANDARD',
  } as const;
  scope = await createViewerRegistry(database)(viewer);
});

/** Messages of a chain, each named by its minute. */
function chain(minutes: readonly number[]): IncomingMessage[] {
  return minutes.map((minute, sequence) => ({
    externalId: `m${minute}`,
    parentExternalId: sequence === 0 ? null : `m${minutes[sequence - 1]}`,
    role: 'USER',
    author: 'Ann',
    text: `Said in minute ${minute}.`,
    hidden: false,
    sequence,
    createdAt: new Date(Date.UTC(2026, 0, 1, 9, minute)),
    model: null,
    contentType: 'text',
    metadata: {},
    raw: '{}',
  }));
}

const merge = (messages: readonly IncomingMessage[], metadata: Record<string, unknown>) =>
  inTenant(database, scope, (client) =>
    mergeConversation(client, {
      platformId: platformUuid('slack'),
      externalId: 'C1',
      title: null,
      url: null,
      createdAt: null,
      updatedAt: null,
      metadata,
      raw: '{}',
      messages,
    }),
  );

/** Along the active path: the external ids and those of their parents. */
const path = () =>
  inTenant(database, scope, async (client) => {
    const { rows } = await client.query<{ id: string; parent: string | null }>(
      `SELECT m.external_id AS id, p.external_id AS parent FROM intelligence.messages m
       LEFT JOIN intelligence.messages p ON p.id = m.parent_id WHERE m.sequence IS NOT NULL ORDER BY m.sequence`,
    );
    return rows.map(({ id, parent }) => [id, parent]);
  });

const all = (...minutes: number[]) =>
  minutes.map((minute, index) => [`m${minute}`, index === 0 ? null : `m${minutes[index - 1]}`]);

describe('exports of a chat that cover different times', () => {
  const chat = { arrangedBy: ARRANGED_BY_TIME };

  test.each([
    ['later', [1, 2, 3], [4, 5]],
    ['earlier', [4, 5, 6], [1, 2]],
    ['overlapping', [2, 3, 4, 5], [1, 4, 6]],
    ['in between', [1, 9], [3, 4, 5]],
  ])('%s ones join in the order of time, and twice changes nothing', async (_, first, second) => {
    await merge(chain(first), chat);
    const { newMessages } = await merge(chain(second), chat);
    const union = [...new Set([...first, ...second])].sort((a, b) => a - b);
    expect(newMessages).toBe(union.length - first.length);
    expect(await path()).toEqual(all(...union));
    expect((await merge(chain(first), chat)).newMessages).toBe(0);
    expect(await path()).toEqual(all(...union));
  });
});

describe('an older export of a tree', () => {
  test('adds what it alone has beside the active path, which stays', async () => {
    await merge(chain([1, 2, 4, 5]), {});
    // It lacks what was said since, and has what was deleted since.
    expect((await merge(chain([1, 2, 3]), {})).newMessages).toBe(1);
    expect(await path()).toEqual(all(1, 2, 4, 5));
  });

  test('that is longer takes the active path over', async () => {
    await merge(chain([1, 2]), {});
    expect((await merge(chain([1, 2, 3, 4]), {})).newMessages).toBe(2);
    expect(await path()).toEqual(all(1, 2, 3, 4));
  });
});
