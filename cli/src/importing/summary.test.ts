import { describe, expect, test } from '@jest/globals';
import { anOutcome, aRefusal } from '../../test-support/outcomes.ts';
import { summaryLines } from './summary.ts';

const cells = (line: string | undefined) => (line ?? '').trim().split(/ {2,}/);

describe('the table at the end', () => {
  test('has a row for the one file', () => {
    const issueCounts = [
      { code: 'EMPTY_MESSAGE', count: 2_431 },
      { code: 'INVALID_TIME', count: 3 },
      { code: 'NO_ROLE', count: 1 },
    ];
    const [head, row, ...rest] = summaryLines([anOutcome({ issues: 2_435, issueCounts })], 2.5);
    expect(cells(head).slice(0, 5)).toEqual(['file', 'status', 'conversations', 'messages', 'new/changed/same']);
    expect(cells(row)).toEqual([
      'export.zip',
      'COMPLETED',
      '2',
      '20',
      '12/3/5',
      '5',
      '2.5',
      '1.0 MB',
      '2,435',
      '2,431 × EMPTY_MESSAGE, 3 × INVALID_TIME and 1 more code',
    ]);
    expect(rest).toEqual([]);
  });

  test('adds several up, and says what was done before and what was refused', () => {
    const issueCounts = [{ code: 'NO_ROLE', count: 1 }];
    const one = anOutcome({ issues: 1, issueCounts });
    const lines = summaryLines(
      [one, anOutcome({ issues: 1, issueCounts }, { doneBefore: true }), aRefusal('a.txt')],
      61,
    );
    expect(lines[2]).toContain('COMPLETED before');
    expect(lines[2]).not.toContain('12/3/5');
    expect(lines[3]).toContain('FAILED (UNSUPPORTED_FORMAT)');
    expect(cells(lines[4])).toEqual(
      expect.arrayContaining(['3 files', '2 COMPLETED', '24/6/10', '61.0', '2 × NO_ROLE']),
    );
  });

  test('of very many files shows first what did not end well, and counts the rest', () => {
    const good = Array.from({ length: 3_000 }, (_, index) => anOutcome({ file: `good-${index}` }));
    const lines = summaryLines([...good, aRefusal('bad.txt')], 100);
    expect(lines).toHaveLength(1 + 60 + 1 + 1);
    expect(lines[1]).toContain('bad.txt');
    expect(lines.at(-2)).toContain('2,941 more files');
    expect(lines.at(-1)).toContain('3,001 files');
  });

  test('has no row for what was not sent, and says what goes on', () => {
    const left = { status: 'PENDING', code: 'INTERRUPTED' } as const;
    const lines = summaryLines([anOutcome({ ...left, sessionId: null }), anOutcome(left)], 1);
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('PENDING, goes on');
    expect(lines[2]).toContain('2 files');
    expect(summaryLines([anOutcome({ ...left, sessionId: null })], 1)).toEqual([]);
  });

  test('leaves out the folder that all files are in', () => {
    const names = (...files: string[]) =>
      summaryLines(
        files.map((file) => anOutcome({ file })),
        1,
      )
        .slice(1, -1)
        .map((line) => line.split(' ')[0]);
    expect(names('/a/b/one.json', '/a/b/c/two.json', '/a/b/one.json')).toEqual(['one.json', 'c/two.json', 'one.json']);
    expect(names('a/one.json', 'ab/two.json')).toEqual(['a/one.json', 'ab/two.json']);
    expect(names('/a/one.json', '/b/two.json')).toEqual(['a/one.json', 'b/two.json']);
  });

  test('keeps the end of a long name', () => {
    const file = `${'deep'.repeat(20)}.conversations.json`;
    expect(summaryLines([anOutcome({ file })], 1)[1]).toMatch(/^….*conversations\.json {2}COMPLETED/);
  });
});
