import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Disturbance, importDisturbed, type Reference, takeReference } from '../crash/case.ts';
import type { RunningImport } from '../crash/importing.ts';
import { freeze, kill } from '../crash/inject.ts';
import { generateExport } from '../support/generated-export.ts';
import { type PartName, startPlatform, type TestPlatform } from '../support/platform.ts';
import { until } from '../support/wait.ts';

/** The short form of the crash matrix, tests/crash/run.ts: a few faults, each in the stage where it hurts. */
let platform: TestPlatform;
let folder: string;
let archive: string;
let reference: Reference;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'colloquy-crash-'));
  archive = join(folder, 'archive.json');
  writeFileSync(archive, generateExport({ conversations: 8, turns: 8 }).json);
  platform = await startPlatform();
  await platform.settled();
  reference = await takeReference(platform, archive, 'undisturbed');
}, 300_000);

afterAll(async () => {
  await platform?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 120_000);

const STAGES = ['UPLOAD', 'QUEUED', 'PARSE', 'EXTRACT', 'EMBED', 'RELATE', 'PROJECT', 'ENDED'];

/** The import has come to this stage, or further. */
const reached = (stage: string) => (importing: RunningImport) =>
  until(`the stage ${stage}`, 120_000, () =>
    STAGES.indexOf(importing.stage()) >= STAGES.indexOf(stage) || importing.stage() === 'DONE' ? true : null,
  );

const killed = async (...parts: PartName[]) =>
  Math.max(...(await Promise.all(parts.map((part) => kill(platform, part)))));

const CASES: [string, Omit<Disturbance, 'tenant'>][] = [
  ['the archive subgraph is killed while bytes arrive', { until: async () => true, inject: () => killed('archive') }],
  [
    'the worker is killed, and its successor too',
    {
      until: reached('EXTRACT'),
      async inject() {
        await kill(platform, 'worker');
        return kill(platform, 'worker');
      },
    },
  ],
  ['PostgreSQL is killed', { until: reached('EMBED'), inject: () => killed('postgres') }],
  ['Redis stands still', { until: reached('QUEUED'), inject: () => freeze(platform, 'redis', 3_000) }],
  [
    'Neo4j, Weaviate and Redis are killed at once',
    { until: reached('PROJECT'), inject: () => killed('neo4j', 'weaviate', 'redis') },
  ],
];

const wasWaiting = (importing: RunningImport, part: RegExp) =>
  until(`the session to wait for ${part}`, 60_000, () =>
    importing.heard().some(({ waitingFor }) => waitingFor !== null && part.test(waitingFor)) ? true : null,
  );

test('an import waits for an object store that is away, says so, and ends whole', async () => {
  const objects = join(platform.home, 'objects');
  // The worker stands still until the bytes are out of its reach.
  platform.signal('worker', 'SIGSTOP');
  const outcome = await importDisturbed(
    { platform, archive, reference },
    {
      tenant: 'without-objects',
      until: reached('QUEUED'),
      async inject(importing) {
        renameSync(objects, `${objects}.away`);
        platform.signal('worker', 'SIGCONT');
        await wasWaiting(importing, /object store/);
        renameSync(`${objects}.away`, objects);
        return Date.now();
      },
    },
  ).finally(() => platform.signal('worker', 'SIGCONT'));
  expect(outcome).toMatchObject({ ended: 'COMPLETED', lost: 0, doubled: 0, missing: 0, extra: 0, faults: [] });
}, 300_000);

test.each(CASES)(
  'an import ends whole when %s',
  async (what, disturbance) => {
    const tenant = `disturbed-${CASES.findIndex(([name]) => name === what)}`;
    const outcome = await importDisturbed({ platform, archive, reference }, { tenant, ...disturbance });
    expect(outcome).toMatchObject({ ended: 'COMPLETED', lost: 0, doubled: 0, missing: 0, extra: 0, faults: [] });
  },
  300_000,
);
