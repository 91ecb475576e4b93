import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { FakePlatform, fakeEvents, fakeSession } from '../../test-support/fake-platform.ts';
import { recordingOutput } from '../../test-support/recording-output.ts';
import { EXIT, UsageError } from '../exit.ts';
import { inspectFiles } from './files.ts';
import { exitCodeOf, importFiles } from './import-files.ts';

const CONTENT = Buffer.from(JSON.stringify([{ mapping: {} }]).repeat(5000));
const UPLOAD = { __typename: 'CreateArchiveUploadPayload', archive: { id: 'arch_1' }, uploadUrl: '/uploads/arch_1' };
let folder = '';
let file = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colloquy-cli-'));
  file = join(folder, 'export.json');
  await writeFile(file, CONTENT);
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

  async function importOnce(options: { json: boolean; wait?: boolean; patienceMs?: number; files?: string[] }) {
    const recorded = recordingOutput();
    const connection = { url: platform.url, token: async () => 'token', patienceMs: options.patienceMs ?? 5_000 };
    const files = await inspectFiles(options.files ?? [file]);
    const outcomes = await importFiles(connection, files, recorded.output, { wait: true, ...options });
    return { outcomes, exitCode: exitCodeOf(outcomes, options.wait ?? true), ...recorded };
  }

  test('announces the hash, sends the bytes once and prints one line of JSON', async () => {
    let announced: unknown;
    platform.answers.createArchiveUpload = (input) => {
      announced = { ...input };
      return UPLOAD;
    };
    const { stdout, exitCode } = await importOnce({ json: true });
    expect(announced).toEqual({
      fileName: 'export.json',
      byteSize: CONTENT.length,
      sha256: createHash('sha256').update(CONTENT).digest('hex'),
    });
    expect(received).toEqual([CONTENT]);
    expect(exitCode).toBe(EXIT.done);
    expect(stdout().split('\n')).toHaveLength(2);
    expect(JSON.parse(stdout())).toEqual({
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
    });
  });

  test('sends nothing when the bytes are stored already', async () => {
    platform.answers.createArchiveUpload = () => ({ ...UPLOAD, uploadUrl: null });
    expect((await importOnce({ json: true })).exitCode).toBe(EXIT.done);
    expect(received).toEqual([]);
  });

  test('sends again what broke on the way, and takes a 409 for an earlier success', async () => {
    const statuses = [503, 409];
    platform.answers.put = () => ({ status: statuses.shift() ?? 500 });
    expect((await importOnce({ json: true })).exitCode).toBe(EXIT.done);
    expect(statuses).toEqual([]);
  });

  test.each([
    [413, 'LIMIT_EXCEEDED'],
    [422, 'CHECKSUM_MISMATCH'],
  ])('an upload refused with %i fails with %s', async (status, code) => {
    platform.answers.put = () => ({ status });
    const { outcomes, exitCode } = await importOnce({ json: true });
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
    const { outcomes, exitCode, stderr } = await importOnce({ json: true, files: [file, file] });
    expect(outcomes.map(({ result }) => [result.status, result.code])).toEqual([
      ['FAILED', 'UNSUPPORTED_FORMAT'],
      ['COMPLETED', null],
    ]);
    expect(exitCode).toBe(EXIT.failed);
    expect(stderr()).toContain('Recognised as: package.json of npm. Supported: ChatGPT, Claude.');
  });

  test('a failed session gives its code and exit code 1', async () => {
    platform.answers.events = fakeEvents(3, 'FAILED');
    platform.answers.session = fakeSession('FAILED', { errorCode: 'BROKEN_ARCHIVE', errorMessage: 'Cut off.' });
    const { outcomes, exitCode } = await importOnce({ json: true });
    expect(outcomes[0]?.result).toMatchObject({ status: 'FAILED', code: 'BROKEN_ARCHIVE', sessionId: 'sess_1' });
    expect(exitCode).toBe(EXIT.failed);
  });

  test('without waiting a session that has begun is enough', async () => {
    const { outcomes, exitCode } = await importOnce({ json: true, wait: false });
    expect(outcomes[0]?.result.status).toBe('PENDING');
    expect(exitCode).toBe(EXIT.done);
  });

  test('once the platform is lost the remaining files are not tried', async () => {
    await platform.stop();
    const { outcomes, exitCode, stdout } = await importOnce({ json: true, patienceMs: 0, files: [file, file] });
    expect(outcomes.map(({ result }) => result.code)).toEqual(['PLATFORM_UNREACHABLE', 'PLATFORM_UNREACHABLE']);
    expect(stdout().trim().split('\n')).toHaveLength(2);
    expect(exitCode).toBe(EXIT.unreachable);
    await platform.start();
  });

  test('a token that is not accepted ends with its own exit code', async () => {
    platform.answers.allows = () => false;
    expect((await importOnce({ json: true })).exitCode).toBe(EXIT.notAllowed);
  });

  test('in a pipe the progress is plain lines', async () => {
    const { stdout } = await importOnce({ json: false });
    expect(stdout()).not.toContain('\u001b');
    expect(stdout()).toContain('export.json: 100 % COMPLETED');
  });
});

test('every missing file is named before anything is sent', async () => {
  const missing = inspectFiles([file, join(folder, 'a.zip'), folder]);
  await expect(missing).rejects.toThrow(UsageError);
  await expect(missing).rejects.toThrow(/a\.zip does not exist[\s\S]*is not a file/);
});
