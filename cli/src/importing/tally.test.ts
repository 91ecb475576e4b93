import { describe, expect, test } from '@jest/globals';
import { aFile, anOutcome, aRefusal } from '../../test-support/outcomes.ts';
import { ProgressTracker } from '../progress/state.ts';
import { Tally } from './tally.ts';

const files = [aFile('a'), aFile('b'), aFile('c'), aFile('d')] as const;

describe('how far a batch is', () => {
  test('counts what is sending, on the platform, done, done before and not completed', () => {
    let now = 0;
    const tally = new Tally(files, () => now);
    tally.show(files[0], new ProgressTracker('a').bytes('UPLOADING', 1, 2, 0));
    expect(tally.fraction).toBe(0);
    tally.ended(files[1], anOutcome({}, { doneBefore: true }));
    tally.ended(files[2], aRefusal('c'));
    tally.show(files[3], { ...new ProgressTracker('d').state, stage: 'EMBED', fraction: 0.5 });
    now = 30_000;
    expect(tally.fraction).toBeCloseTo(0.625);
    // 0.375 of the work took 30 seconds, not counting what was done before; as much is to do.
    expect(`${tally}`).toBe(
      '2 of 4 files · 1 done before · 1 not completed · 1 sending · 1 on the platform · 0:30 · 0:30 left',
    );
  });

  test('does not count as done what was left', () => {
    const tally = new Tally(files, () => 0);
    tally.ended(files[0], anOutcome({ status: 'PENDING', code: 'INTERRUPTED' }));
    expect(tally.fraction).toBe(0);
    expect(`${tally}`).toBe('0 of 4 files · 1 left · 0:00');
  });

  test('lists those that are worked on before those that wait for their turn', () => {
    const tally = new Tally(files);
    tally.show(files[0], { ...new ProgressTracker('a').state, stage: 'QUEUED' });
    tally.show(files[1], { ...new ProgressTracker('b').state, stage: 'PARSE' });
    expect(tally.underWay().map(({ label }) => label)).toEqual(['b', 'a']);
  });

  test('is complete when nothing is to be done', () => {
    expect(new Tally([]).fraction).toBe(1);
  });
});
