import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { FakePlatform, fakeEvents, fakeSession } from '../../test-support/fake-platform.ts';
import { recordingOutput } from '../../test-support/recording-output.ts';
import { EXIT } from '../exit.ts';
import { createBatchView } from './create-batch-view.ts';
import { gatherFiles } from './files.ts';
import type { ImportOutcome } from './import-file.ts';
import { exitCodeOf, importFiles } from './import-files.ts';

const CONTENT = Buffer.from(JSON.stringify([{ mapping: {} }]).repeat(5000));
const UPLOAD = { __typename: 'CreateArchiveUploadPayload', archive: { id: 'arch_1' }, uploadUrl: '/uploads/arch_1' };
let folder = '';
let file = '';
let other = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colloquy-cli-'));
  file = join(folder, 'export.json');
  await writeFile(file, CONTENT);
  other = join(folder, 'other.json');
  await writeFile(other, '[]');
});
afterAll(() => rm(folder, { recursive: true }));

describe('importing files', () => {
  let platform: FakePlatform;
  let received: Buffer[] = [];

  beforeEach(async () => {
    received = [];
    platform = new FakePlatform({
      session: fakeSession('COMPLETED'),
      events: fakeEvents(12),
      createArchiveUpload: () => UPLOAD,
      importArchive: () => ({
        __typename: 'ImportArchivePayload',
        session: fakeSession('PENDING'),
        alreadyImported: false,
      }),
      put: (bytes) => {
        received.push(bytes);
        return { status: 201 };
      },
    });
    await platform.start();
  });
  afterEach(() => platform.stop());

  async function importOnce(options: {
    wait?: boolean;
    patienceMs?: number;
    files?: string[];
    uploads?: number;
    signal?: AbortSignal;
    isTTY?: boolean;
  }) {
    const { wait = true, patienceMs = 5_000, uploads = 4, signal, isTTY = false } = options;
    const recorded = recordingOutput({ isTTY, columns: 120 });
    const connection = { url: platform.url, token: async () => 'token', patienceMs, ...(signal && { signal }) };
    const files = await gatherFiles(options.files ?? [file]);
    const view = createBatchView(files, recorded.output.stdout, recorded.output.style);
    const told: ImportOutcome[] = [];
    const onOutcome = (outcome: ImportOutcome) => void told.push(outcome);
    const outcomes = await importFiles(connection, files, view, { wait, uploads, underWay: 8, onOutcome });
    expect(told).toEqual(outcomes);
    return { outcomes, result: outcomes[0]?.result, exitCode: exitCodeOf(outcomes, wait), stdout: recorded.stdout() };
  }

  test('announces the hash, sends the bytes once and tells what came of it', async () => {
    let announced: unknown;
    platform.answers.createArchiveUpload = (input) => {
      announced = { ...input };
      return UPLOAD;
    };
    const { result, exitCode } = await importOnce({});
    expect(announced).toEqual({
      fileName: 'export.json',
      byteSize: CONTENT.length,
      sha256: createHash('sha256').update(CONTENT).digest('hex'),
    });
    expect(received).toEqual([CONTENT]);
    expect(exitCode).toBe(EXIT.done);
    expect(result).toEqual({
      file,
      sessionId: 'sess_1',
      status: 'COMPLETED',
      code: null,
      conversations: 2,
      messages: 20,
      items: 5,
      issues: 0,
      newConversations: 1,
      newMessages: 12,
      seconds: expect.any(Number),
      changedConversations: 1,
      unchangedConversations: 0,
      changedMessages: 3,
      unchangedMessages: 5,
      absentMessages: 1,
      attachments: 4,
      issueCounts: [],
      bytesPerSecond: 1_000_000,
      alreadyImported: false,
    });
  });

  test('sends nothing when the bytes are stored already', async () => {
    platform.answers.createArchiveUpload = () => ({ ...UPLOAD, uploadUrl: null });
    expect((await importOnce({})).exitCode).toBe(EXIT.done);
    expect(received).toEqual([]);
  });

  test('sends again what broke on the way, and takes a 409 for an earlier success', async () => {
    const statuses = [503, 409];
    platform.answers.put = () => ({ status: statuses.shift() ?? 500 });
    expect((await importOnce({})).exitCode).toBe(EXIT.done);
    expect(statuses).toEqual([]);
  });

  test.each([
    [413, 'LIMIT_EXCEEDED'],
    [422, 'CHECKSUM_MISMATCH'],
  ])('an upload refused with %i fails with %s', async (status, code) => {
    platform.answers.put = () => ({ status });
    const { outcomes, exitCode } = await importOnce({});
    expect(outcomes[0]?.result).toMatchObject({ status: 'FAILED', code, sessionId: null });
    expect(exitCode).toBe(EXIT.failed);
  });

  test('a refused file does not keep the next one from its turn', async () => {
    let calls = 0;
    platform.answers.importArchive = () =>
      calls++ === 0
        ? {
            __typename: 'UnsupportedFormatError',
            message: 'This is no chat export.',
            code: 'UNSUPPORTED_FORMAT',
            recognised: 'package.json of npm',
            supported: ['ChatGPT', 'Claude'],
          }
        : { __typename: 'ImportArchivePayload', session: fakeSession('PENDING'), alreadyImported: false };
    const { outcomes, exitCode } = await importOnce({ files: [file, other], uploads: 1 });
    expect(outcomes.map(({ result }) => [result.status, result.code])).toEqual([
      ['FAILED', 'UNSUPPORTED_FORMAT'],
      ['COMPLETED', null],
    ]);
    expect(exitCode).toBe(EXIT.failed);
    expect(outcomes[0]?.error?.message).toContain('Recognised as: package.json of npm. Supported: ChatGPT, Claude.');
  });

  test('a failed session gives its code and exit code 1', async () => {
    platform.answers.events = fakeEvents(3, 'FAILED');
    platform.answers.session = fakeSession('FAILED', { errorCode: 'BROKEN_ARCHIVE', errorMessage: 'Cut off.' });
    const { outcomes, exitCode } = await importOnce({});
    expect(outcomes[0]?.result).toMatchObject({ status: 'FAILED', code: 'BROKEN_ARCHIVE', sessionId: 'sess_1' });
    expect(exitCode).toBe(EXIT.failed);
  });

  test('without waiting a session that has begun is enough', async () => {
    const { outcomes, exitCode } = await importOnce({ wait: false });
    expect(outcomes[0]?.result.status).toBe('PENDING');
    expect(exitCode).toBe(EXIT.done);
  });

  test('once the platform is lost the remaining files are not tried', async () => {
    await platform.stop();
    const { outcomes, exitCode } = await importOnce({ patienceMs: 0, files: [file, other] });
    expect(outcomes.map(({ result }) => result.code)).toEqual(['PLATFORM_UNREACHABLE', 'PLATFORM_UNREACHABLE']);
    expect(exitCode).toBe(EXIT.unreachable);
    await platform.start();
  });

  test('when the platform is lost, all that is under way ends with its loss', async () => {
    const third = join(folder, 'third.json');
    await writeFile(third, '{}');
    platform.answers.createArchiveUpload = () => ({ ...UPLOAD, uploadUrl: null });
    platform.answers.session = fakeSession('PROCESSING');
    platform.answers.onSubscription = () => void platform.stop();
    const { outcomes, exitCode } = await importOnce({ patienceMs: 500, files: [file, other, third] });
    expect(outcomes.map(({ result }) => [result.status, result.code])).toEqual(
      Array(3).fill(['FAILED', 'PLATFORM_UNREACHABLE']),
    );
    expect(exitCode).toBe(EXIT.unreachable);
    await platform.start();
  });

  test('a token that is not accepted ends with its own exit code', async () => {
    platform.answers.allows = () => false;
    expect((await importOnce({})).exitCode).toBe(EXIT.notAllowed);
  });

  test('the same bytes under two names are sent once', async () => {
    const copy = join(folder, 'copy.json');
    await writeFile(copy, CONTENT);
    platform.answers.createArchiveUpload = () => ({
      ...UPLOAD,
      uploadUrl: received.length > 0 ? null : '/uploads/arch_1',
    });
    expect((await importOnce({ files: [file, copy] })).exitCode).toBe(EXIT.done);
    expect(received).toHaveLength(1);
  });

  test('what was COMPLETED before is neither sent nor waited for', async () => {
    platform.answers.createArchiveUpload = () => ({ ...UPLOAD, uploadUrl: null });
    platform.answers.importArchive = () => ({
      __typename: 'ImportArchivePayload',
      session: fakeSession('COMPLETED'),
      alreadyImported: true,
    });
    platform.answers.events = [];
    const { outcomes, exitCode, stdout } = await importOnce({ files: [file, other] });
    expect(outcomes.map(({ doneBefore, result }) => [doneBefore, result.alreadyImported])).toEqual([
      [true, true],
      [true, true],
    ]);
    expect(received).toEqual([]);
    expect(stdout).toContain('2 of 2 files · 2 done before');
    expect(exitCode).toBe(EXIT.done);
  });

  test('a session of an earlier attempt is followed to its end', async () => {
    platform.answers.importArchive = () => ({
      __typename: 'ImportArchivePayload',
      session: fakeSession('PROCESSING'),
      alreadyImported: true,
    });
    const { outcomes } = await importOnce({});
    expect(outcomes[0]).toMatchObject({ doneBefore: false, result: { status: 'COMPLETED', alreadyImported: true } });
  });

  test('extractions begin in the order of the files, whichever is sent first', async () => {
    const first = Promise.withResolvers<void>();
    const asked: string[] = [];
    platform.answers.createArchiveUpload = ({ fileName }) => {
      const id = `arch_${fileName}`;
      return { ...UPLOAD, archive: { id }, uploadUrl: `/uploads/${id}` };
    };
    platform.answers.put = async (bytes) => {
      if (bytes.length === CONTENT.length) await first.promise;
      else setImmediate(first.resolve);
      return { status: 201 };
    };
    const { importArchive } = platform.answers;
    platform.answers.importArchive = (archiveId) => {
      asked.push(archiveId);
      return importArchive(archiveId);
    };
    expect((await importOnce({ files: [file, other] })).exitCode).toBe(EXIT.done);
    expect(asked).toEqual(['arch_export.json', 'arch_other.json']);
  });

  test('no more files are sent at once than is allowed', async () => {
    const tree = join(folder, 'tree');
    await mkdir(tree);
    for (let number = 0; number < 12; number += 1) await writeFile(join(tree, `${number}.jsonl`), `{"n":${number}}`);
    let announced = 0;
    let most = 0;
    platform.answers.createArchiveUpload = () => {
      announced += 1;
      most = Math.max(most, announced);
      return UPLOAD;
    };
    // Answered in pairs: so two are sent at once, and a third would have been announced meanwhile.
    let other: (() => void) | null = null;
    platform.answers.put = async () => {
      if (other) other();
      await new Promise<void>((resolve) => {
        if (other) resolve();
        other = other ? null : resolve;
      });
      announced -= 1;
      return { status: 201 };
    };
    const { outcomes, exitCode } = await importOnce({ files: [tree], uploads: 2 });
    expect(outcomes).toHaveLength(12);
    expect(most).toBe(2);
    expect(exitCode).toBe(EXIT.done);
  });

  test('an interruption while sending ends the command; what was not sent stays PENDING', async () => {
    const controller = new AbortController();
    platform.answers.put = () => {
      controller.abort();
      return new Promise(() => undefined);
    };
    const { outcomes, exitCode } = await importOnce({ files: [file, other], uploads: 1, signal: controller.signal });
    expect(outcomes.map(({ result }) => [result.status, result.code, result.sessionId])).toEqual([
      ['PENDING', 'INTERRUPTED', null],
      ['PENDING', 'INTERRUPTED', null],
    ]);
    expect(exitCode).toBe(EXIT.interrupted);
  });

  test('an interruption while following names the session that goes on', async () => {
    const controller = new AbortController();
    platform.answers.events = fakeEvents(5, 'PROCESSING');
    platform.answers.onEvent = ({ sequence }) => {
      if (sequence === 5) controller.abort();
    };
    const { outcomes, exitCode } = await importOnce({ signal: controller.signal });
    expect(outcomes[0]?.result).toMatchObject({ sessionId: 'sess_1', status: 'PENDING', code: 'INTERRUPTED' });
    expect(exitCode).toBe(EXIT.interrupted);
  });

  test('on a terminal many files have a bar each and one for all', async () => {
    const { stdout } = await importOnce({ files: [file, other], isTTY: true });
    const last = stdout.trimEnd().split('\n').slice(-3);
    expect(last[0]).toMatch(/export\.json .* 100 % {2}COMPLETED/);
    expect(last[2]).toMatch(/total .* 100 % {2}2 of 2 files/);
  });

  test('in a pipe the progress is plain lines', async () => {
    const { stdout } = await importOnce({});
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toContain('export.json: 100 % COMPLETED');
  });
});
