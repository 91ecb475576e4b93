import { stripVTControlCharacters, styleText } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { renderBar, renderLine } from './render.ts';
import type { ProgressState } from './state.ts';

const STATE: ProgressState = {
  label: 'chatgpt-export.zip',
  stage: 'EMBED',
  status: 'PROCESSING',
  fraction: 0.524,
  done: 10_213,
  total: 20_123,
  inBytes: false,
  rate: 402.4,
  etaSeconds: 25,
  waitingFor: null,
  counts: { conversations: 35, messages: 20_123, items: 1, issues: 0 },
};
const plain = (_style: unknown, text: string) => text;

describe('the bar', () => {
  test('shows stage, share, numbers, rate, time left and counts', () => {
    expect(renderBar(STATE, 120, plain)).toEqual([
      'chatgpt-export.zip       ████████████████░░░░░░░░░░░░░░  52 %  EMBED · 10,213/20,123 · 402/s · 0:25 left',
      '                         35 conversations · 20,123 messages · 1 item',
    ]);
  });

  test('says what is waited for, and how many issues there are', () => {
    const [, below] = renderBar(
      { ...STATE, waitingFor: 'weaviate: being installed', counts: { ...noCounts(), issues: 2 } },
      80,
      plain,
    );
    expect(below).toContain('2 issues · waits for weaviate: being installed');
  });

  test('never is full before the end', () => {
    expect(renderLine({ ...STATE, fraction: 0.9999 })).toContain('99 %');
    expect(renderLine({ ...STATE, fraction: 1, status: 'COMPLETED' })).toContain('100 % COMPLETED');
  });

  test('counts bytes while a file is read or sent', () => {
    const state = { ...STATE, stage: 'UPLOADING', inBytes: true, done: 1_500_000, total: 3_000_000, counts: null };
    expect(renderLine({ ...state, rate: 750_000 })).toBe(
      'chatgpt-export.zip: 52 % UPLOADING · 1.5 MB/3.0 MB · 750.0 kB/s · 0:25 left',
    );
  });

  test('is as wide for every state, and styled text adds no width', () => {
    const styled = (style: Parameters<typeof styleText>[0], text: string) =>
      styleText(style, text, { validateStream: false });
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 2, noNaN: true }),
        fc.integer({ min: 40, max: 200 }),
        (fraction, columns) => {
          const [bare = ''] = renderBar({ ...STATE, fraction }, columns, plain);
          const [coloured = ''] = renderBar({ ...STATE, fraction }, columns, styled);
          expect(stripVTControlCharacters(coloured)).toBe(bare);
          expect(bare).toHaveLength((renderBar(STATE, columns, plain)[0] ?? '').length);
        },
      ),
    );
  });
});

function noCounts() {
  return { conversations: 0, messages: 0, items: 0, issues: 0 };
}
