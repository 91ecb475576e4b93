import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { aFile, anOutcome, aRefusal } from '../../test-support/outcomes.ts';
import { recordingOutput } from '../../test-support/recording-output.ts';
import { ProgressTracker } from '../progress/state.ts';
import { BatchLines } from './batch-lines.ts';
import { createBatchView } from './create-batch-view.ts';

describe('many files in a pipe', () => {
  test('are a line each when they end, and one about all every ten seconds', () => {
    let now = 0;
    const { output, stdout } = recordingOutput();
    const files = [aFile('a.json'), aFile('b.json'), aFile('c.txt')] as const;
    const view = new BatchLines(files, output.stdout, () => now);
    const tracker = new ProgressTracker('a.json');
    for (now = 0; now < 11_000; now += 500) view.file(files[0]).show(tracker.bytes('UPLOADING', now, 11_000, now));
    view.ended(files[0], anOutcome({ issues: 1 }));
    view.ended(files[1], anOutcome({}, { doneBefore: true }));
    view.ended(files[2], aRefusal('c.txt'));
    view.end();
    expect(stdout().trim().split('\n')).toEqual([
      '0 of 3 files · 1 sending · 0:10',
      'a.json: COMPLETED, 2 conversations · 20 messages (12 new) · 5 items · 1 issue, 2.5 s',
      'b.json: COMPLETED before, not sent again',
      'c.txt: FAILED, UNSUPPORTED_FORMAT',
      '3 of 3 files · 1 done before · 1 not completed · 0:11',
    ]);
  });
});

describe('many files on a terminal', () => {
  test('are never more rows than fit, and none is wider than the terminal', () => {
    const { output, stdout } = recordingOutput({ isTTY: true, columns: 90, rows: 12 });
    const files = Array.from({ length: 500 }, (_, index) => aFile(`${'folder/'.repeat(10)}${index}.jsonl`));
    const view = createBatchView(files, output.stdout, output.style);
    for (const file of files.slice(0, 30))
      view.file(file).show({ ...new ProgressTracker(file.label).state, stage: 'EMBED' });
    view.end();
    const [last = ''] = stdout().split('\u001b[0J').slice(-1);
    const rows = stripVTControlCharacters(last).trimEnd().split('\n');
    expect(rows).toHaveLength(8 + 1 + 1);
    expect(rows.every((row) => [...row].length < 90)).toBe(true);
    expect(rows.at(-2)).toBe('and 22 more under way');
    expect(rows.at(-1)).toContain('0 of 500 files · 30 on the platform');
  });
});
