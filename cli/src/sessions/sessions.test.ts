import { describe, expect, test } from '@jest/globals';
import { fakeSession } from '../../test-support/fake-platform.ts';
import { session } from '../operations/session.ts';
import type { SessionDetail } from '../operations/session-detail.ts';
import { detailLines } from './detail.ts';
import { sessionLines } from './list.ts';
import { nextStep } from './next-step.ts';

const plain = (_: unknown, text: string) => text;

function aSession(status: string, fields: Record<string, unknown> = {}) {
  return session.parse(fakeSession(status, fields));
}

function aDetail(status: string, fields: Record<string, unknown> = {}): SessionDetail {
  return { ...(fakeSession(status) as unknown as SessionDetail), issues: [], ...fields };
}

describe('the list', () => {
  test('shows status, stage, progress, rate, counts and the commonest issues', () => {
    const issueCounts = [{ code: 'NO_ROLE', count: 7 }];
    const [, row] = sessionLines([aSession('PROCESSING', { fraction: 0.42, issueCount: 7, issueCounts })]);
    expect(row?.split(/ {2,}/)).toEqual([
      'sess_1',
      'PROCESSING',
      'PARSE',
      '42 %',
      '400',
      '2',
      '20',
      '12/3/5',
      '5',
      '7',
      '2026-05-01 10:00',
      'export.zip',
      '7 × NO_ROLE',
    ]);
  });

  test('says why a session failed or what it waits for', () => {
    const lines = sessionLines([
      aSession('FAILED', { errorCode: 'INVALID_ZIP' }),
      aSession('PROCESSING', { waitingFor: 'weaviate: connection refused' }),
    ]);
    expect(lines[1]).toMatch(/INVALID_ZIP$/);
    expect(lines[2]).toMatch(/waits for weaviate: connection refused$/);
  });
});

describe('one session', () => {
  test('shows its stages, its rates, what it changed and its issues', () => {
    const text = detailLines(
      aDetail('PROCESSING', {
        startedAt: '2026-05-01T10:00:01.000Z',
        retries: 2,
        issueCount: 12,
        issueCounts: [{ code: 'NO_ROLE', count: 12 }],
        issues: [{ code: 'NO_ROLE', location: 'a.json[3]', message: 'It has no role.' }],
        stages: [
          aStage('PARSE', { done: 20, total: 20, seconds: 4, finishedAt: '2026-05-01T10:00:05.000Z' }),
          aStage('EMBED', { done: 5, total: 20, seconds: 70, waitingFor: 'the embedder', failures: 1 }),
          { ...aStage('RELATE'), startedAt: null, seconds: null },
        ],
      }),
      plain,
    ).join('\n');
    expect(text).toContain('export.zip, 5.0 MB (arch_1)');
    expect(text).toContain('taken up again 2 times');
    expect(text).toContain('400 messages/s, 1.0 MB/s');
    expect(text).toMatch(/PARSE +20 +20 +4\.0 s +5\.0 {2}finished/);
    expect(text).toMatch(/EMBED +5 +20 +1:10 +0\.1 {2}waits for the embedder, broke off 1 time/);
    expect(text).toMatch(/RELATE +0 +- +- +- {2}not begun/);
    expect(text).toMatch(/messages +20 +12 +3 +5 +1\n/);
    expect(text).toContain('12 × NO_ROLE');
    expect(text).toContain('NO_ROLE at a.json[3]: It has no role.');
    expect(text).toContain('and 11 more');
  });

  test('shows an error with what to do', () => {
    const fields = { errorCode: 'TRUNCATED_ARCHIVE', errorMessage: 'It ends too early.' };
    const text = detailLines(aDetail('FAILED', fields), plain).join('\n');
    expect(text).toContain('error  TRUNCATED_ARCHIVE: It ends too early.');
    expect(text).toContain('next   The file ends too early: download the export again');
  });
});

function aStage(stage: string, fields: Partial<SessionDetail['stages'][number]> = {}) {
  const startedAt = '2026-05-01T10:00:01.000Z';
  return {
    stage,
    done: 0,
    total: null,
    startedAt,
    finishedAt: null,
    seconds: 0,
    waitingFor: null,
    failures: 0,
    ...fields,
  };
}

describe('what to do next', () => {
  test.each([
    ['COMPLETED', {}, null],
    ['PROCESSING', {}, 'colloquy watch sess_1'],
    ['PROCESSING', { waitingFor: 'neo4j' }, 'colloquy doctor'],
    ['CANCELLED', {}, 'colloquy retry sess_1'],
    ['FAILED', { errorCode: 'INTERNAL_ERROR' }, 'goes on where it was'],
    ['FAILED', { errorCode: 'ZIP_ENCRYPTED' }, 'password'],
    ['FAILED', { errorCode: 'ZIP_CHECKSUM_MISMATCH' }, 'damaged'],
    ['FAILED', { errorCode: 'LIMIT_EXCEEDED_RECORD' }, 'in parts'],
  ])('%s %j', (status, fields, expected) => {
    const next = nextStep(aSession(status, fields));
    if (expected === null) expect(next).toBeNull();
    else expect(next).toContain(expected);
  });
});
