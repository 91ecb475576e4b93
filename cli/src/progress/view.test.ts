import { describe, expect, test } from '@jest/globals';
import { recordingOutput } from '../../test-support/recording-output.ts';
import { RateMeter } from './rate.ts';
import { ProgressTracker } from './state.ts';
import { createProgressView, LineView } from './view.ts';

describe('plain progress', () => {
  test('says something when the stage changes, and otherwise every three seconds', () => {
    let now = 0;
    const { output, stdout } = recordingOutput();
    const view = new LineView(output.stdout, () => now);
    const tracker = new ProgressTracker('a.json');
    for (now = 0; now < 7_000; now += 100) view.show(tracker.bytes('READING', now, 10_000, now));
    view.show(tracker.bytes('UPLOADING', 0, 10_000, now));
    view.end();
    const lines = stdout().trim().split('\n');
    expect(lines.map((line) => line.split(' · ')[0])).toEqual([
      'a.json: 0 % READING',
      'a.json: 30 % READING',
      'a.json: 60 % READING',
      'a.json: 0 % UPLOADING',
    ]);
  });
});

describe('the bar on a terminal', () => {
  test('is drawn in place and stays when it ends', () => {
    const { output, stdout } = recordingOutput({ isTTY: true, columns: 100 });
    const view = createProgressView(output.stdout, output.style);
    const tracker = new ProgressTracker('a.json');
    view.show(tracker.bytes('READING', 1, 2, 0));
    view.remark('a remark');
    view.show(tracker.bytes('READING', 2, 2, 10));
    view.end();
    const [remark, first, below, redrawn] = stdout().split('\n');
    expect(remark).toBe('a remark');
    expect(first).toContain('50 %');
    expect(below?.trim()).toBe('');
    expect(redrawn?.startsWith('\u001b[2A\u001b[0J')).toBe(true);
    expect(redrawn).toContain('100 %');
  });
});

describe('the rate', () => {
  test('counts over the last ten seconds of one stage', () => {
    const meter = new RateMeter();
    expect(meter.add('PARSE', 0, 0)).toBeNull();
    expect(meter.add('PARSE', 50, 1_000)).toBe(50);
    for (let second = 2; second <= 30; second += 1) meter.add('PARSE', 50 + second * 10, second * 1_000);
    expect(meter.add('PARSE', 360, 31_000)).toBeCloseTo(10, 0);
    expect(meter.add('EMBED', 5, 32_000)).toBeNull();
  });
});
