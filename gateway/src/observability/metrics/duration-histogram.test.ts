import { createMetrics } from '@colloquy/service';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DurationHistogram } from './duration-histogram.ts';

test('a histogram counts each duration once, in the first bucket that it fits into', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.double({ min: 0, max: 60_000, noNaN: true })), async (durations) => {
      const histogram = new DurationHistogram({ name: 'd', help: 'd', metrics: createMetrics('test') });
      const series = histogram.series({ what: 'x' });
      for (const milliseconds of durations) series.observeMilliseconds(milliseconds);
      const { values } = await histogram.get();
      for (const { metricName, labels, value } of values) {
        if (metricName === 'd_count') expect(value).toBe(durations.length);
        if (metricName !== 'd_bucket') continue;
        const bound = labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le);
        expect(value).toBe(durations.filter((milliseconds) => milliseconds / 1000 <= bound).length);
      }
      expect(values.length > 0).toBe(durations.length > 0);
    }),
    { numRuns: 25 },
  );
});

test('the registry shows it like any other', async () => {
  const metrics = createMetrics('test');
  const histogram = new DurationHistogram({ name: 'work_seconds', help: 'Work', metrics });
  histogram.series({ kind: 'a "b"' }).observeMilliseconds(2);
  const text = await metrics.registry.metrics();
  expect(text).toContain('# TYPE work_seconds histogram');
  expect(text).toContain('work_seconds_bucket{kind="a \\"b\\"",le="0.001",service="test"} 0');
  expect(text).toContain('work_seconds_bucket{kind="a \\"b\\"",le="0.0025",service="test"} 1');
  expect(text).toContain('work_seconds_sum{kind="a \\"b\\"",service="test"} 0.002');
  await metrics.registry.resetMetrics();
  expect(await metrics.registry.metrics()).not.toContain('work_seconds_count');
});
