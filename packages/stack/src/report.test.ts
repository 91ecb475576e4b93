import { describe, expect, test } from '@jest/globals';
import { firstReport, nextReport, type StoreEvent, type StoreReport } from './report.ts';

const after = (...events: StoreEvent[]): StoreReport =>
  events.reduce(nextReport, firstReport('weaviate', 'native', '127.0.0.1:1'));

describe('store report', () => {
  test('begins absent, with the way and the address already known', () => {
    expect(after()).toEqual({
      name: 'weaviate',
      how: 'native',
      address: '127.0.0.1:1',
      state: 'absent',
      version: null,
      detail: null,
      fraction: null,
    });
  });

  test('a bar never moves back while one installation runs', () => {
    const report = after(
      { kind: 'installing', detail: 'building', fraction: 0.5 },
      { kind: 'installing', detail: 'building', fraction: 0.2 },
    );
    expect(report.fraction).toBe(0.5);
    expect(nextReport(report, { kind: 'installing', detail: 'linking', fraction: null }).fraction).toBe(0.5);
    expect(nextReport(report, { kind: 'installing', detail: 'done', fraction: 7 }).fraction).toBe(1);
  });

  test('a healthy report has no detail left over', () => {
    const report = after(
      { kind: 'installing', detail: 'building', fraction: 0.5 },
      { kind: 'starting', detail: null },
      { kind: 'healthy', version: '1.35.2' },
    );
    expect(report).toMatchObject({ state: 'healthy', version: '1.35.2', detail: null, fraction: null });
  });

  test('what was healthy becomes degraded and keeps its version; what never was is still starting', () => {
    const sick: StoreEvent = { kind: 'unwell', detail: 'does not answer' };
    expect(after({ kind: 'starting', detail: null }, sick)).toMatchObject({ state: 'starting' });
    expect(after({ kind: 'healthy', version: '1.35.2' }, sick, sick)).toMatchObject({
      state: 'degraded',
      version: '1.35.2',
      detail: 'does not answer',
    });
  });

  test('a failed store keeps its reason until it is tried anew or answers', () => {
    const failed = after({ kind: 'failed', detail: 'no Go' });
    expect(nextReport(failed, { kind: 'unwell', detail: 'refused' })).toEqual(failed);
    expect(nextReport(failed, { kind: 'installing', detail: 'again', fraction: 0 }).state).toBe('installing');
    expect(nextReport(failed, { kind: 'healthy', version: null }).state).toBe('healthy');
  });
});
