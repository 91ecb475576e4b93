import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateExport } from '../support/generated-export.ts';
import { startPlatform, type TestPlatform } from '../support/platform.ts';
import { follow, type ProgressEvent } from '../support/progress.ts';
import { snapshot } from '../support/snapshot.ts';
import { until } from '../support/wait.ts';

/** Long enough for cuts and kills to fall into it: about 1,200 messages. */
const ARCHIVE = generateExport({ conversations: 30, turns: 20 });
const SMALL = generateExport({ conversations: 4, turns: 6 });

let platform: TestPlatform;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'colloquy-files-'));
  writeFileSync(join(folder, 'archive.json'), ARCHIVE.json);
  writeFileSync(join(folder, 'small.json'), SMALL.json);
  platform = await startPlatform();
  await platform.settled();
}, 300_000);

afterAll(async () => {
  await platform?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 120_000);

async function start(tenant: string, file: string): Promise<string> {
  const result = await platform.command(['import', join(folder, file), '--json', '--no-wait'], {
    COLLOQUY_TOKEN: await platform.token(tenant),
  });
  const line = JSON.parse(result.stdout) as { sessionId: string | null };
  if (!line.sessionId) throw new Error(`The import did not start: ${result.stdout}${result.stderr}`);
  return line.sessionId;
}

async function finish(
  tenant: string,
  session: string,
  onEvent?: (event: ProgressEvent) => 'cut' | undefined,
): Promise<ProgressEvent[]> {
  const token = await platform.token(tenant);
  return follow(() => platform.subscriptions(token), session, { limitMs: 240_000, ...(onEvent ? { onEvent } : {}) });
}

function expectWhole(events: readonly ProgressEvent[]): void {
  expect(events.map(({ sequence }) => sequence)).toEqual(
    Array.from({ length: events.length }, (_, index) => index + 1),
  );
  expect(events.at(-1)).toMatchObject({ status: 'COMPLETED', stage: 'DONE', fraction: 1 });
}

describe('an import that is cut, and whose gateway and worker are killed', () => {
  test('is followed without a gap, and ends as an undisturbed one does', async () => {
    const undisturbed = await start('undisturbed', 'archive.json');
    expectWhole(await finish('undisturbed', undisturbed));

    const session = await start('disturbed', 'archive.json');
    let cuts = 0;
    const killed: string[] = [];
    const events = await finish('disturbed', session, ({ sequence, stage }) => {
      if (!killed.includes('gateway') && sequence >= 3) {
        killed.push('gateway');
        platform.signal('gateway', 'SIGKILL');
      } else if (!killed.includes('worker') && stage === 'EMBED') {
        killed.push('worker');
        platform.signal('worker', 'SIGKILL');
      }
      if (cuts >= 10) return undefined;
      cuts += 1;
      return 'cut';
    });
    expectWhole(events);
    expect(killed).toEqual(['gateway', 'worker']);
    expect(cuts).toBe(10);
    const items = events.flatMap(({ newItems }) => newItems.map(({ id }) => id));
    expect(new Set(items).size).toBe(items.length);

    const settings = await platform.settings();
    const [one, other] = [await snapshot(settings, 'undisturbed'), await snapshot(settings, 'disturbed')];
    expect(items).toHaveLength(one.items.length);
    expect(other).toEqual(one);
  }, 600_000);
});

describe.each([
  [
    'weaviate',
    '{ search(text: "billing", first: 3) { edges { node { score } } } viewer { id } items(first: 2) { edges { node { title connectionCount } } } }',
    'search',
    true,
  ],
  [
    'neo4j',
    '{ hubs(moreThan: 0) { connections } viewer { id } items(first: 2) { edges { node { title similar(first: 1) { score } } } } }',
    'hubs',
    true,
  ],
  [
    'redis',
    '{ viewer { id } items(first: 2) { edges { node { title connectionCount similar(first: 1) { score } } } } }',
    null,
    false,
  ],
] as const)('with %s frozen', (store, operation, field, waits) => {
  test('imports go on, everything else answers, and it catches up', async () => {
    const tenant = `without-${store}`;
    const token = await platform.token(tenant);
    const first = await start(tenant, 'small.json');
    expectWhole(await finish(tenant, first));

    platform.signal(store, 'SIGSTOP');
    let session: string;
    try {
      session = await start(tenant, 'archive.json');
      if (waits) {
        const waiting = await until(`the session to wait for ${store}`, 120_000, async () => {
          const { data } = await platform.graphql(
            token,
            'query ($id: ID!) { extractionSession(id: $id) { status stage waitingFor itemCount } }',
            { id: session },
          );
          return data?.extractionSession?.stage === 'PROJECT' && data.extractionSession.waitingFor
            ? data.extractionSession
            : null;
        });
        expect(waiting.waitingFor.toLowerCase()).toContain(store);
        expect(waiting.status).toBe('PROCESSING');
        expect(waiting.itemCount).toBeGreaterThan(0);
      }
      const { data, errors } = await platform.graphql(token, operation);
      expect(data.viewer.id).toMatch(/^user_/);
      expect(data.items.edges[0].node.title).toEqual(expect.any(String));
      if (field === null) {
        expect(errors).toBeUndefined();
      } else {
        expect(data[field]).toBeNull();
        expect(errors).toEqual([
          expect.objectContaining({
            path: [field],
            extensions: expect.objectContaining({ code: 'STORE_UNAVAILABLE' }),
          }),
        ]);
      }
    } finally {
      platform.signal(store, 'SIGCONT');
    }
    expectWhole(await finish(tenant, session));
  }, 400_000);
});

const PARTS = [
  'archive',
  'knowledge',
  'search',
  'worker',
  'gateway',
  'postgres',
  'redis',
  'neo4j',
  'weaviate',
] as const;

describe('stopping', () => {
  test('Ctrl-C ends everything, and a second start reuses it all', async () => {
    const pids = PARTS.map((part) => platform.pid(part));
    const before = await snapshot(await platform.settings(), 'undisturbed');
    expect(await platform.interrupt()).toBe(0);
    expect(pids.filter(alive)).toEqual([]);
    const again = await startPlatform({ home: platform.home });
    try {
      await again.settled();
      expect(await snapshot(await again.settings(), 'undisturbed')).toEqual(before);
      const later = PARTS.map((part) => again.pid(part));
      again.leaveUnread();
      expect(await again.interrupt()).toBe(0);
      expect(later.filter(alive)).toEqual([]);
    } finally {
      await again.stop();
    }
  }, 300_000);
});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
