import { describe, expect, test } from '@jest/globals';
import { keptTexts } from './kept-texts.ts';

const text = (revision: number, visit: number) => ({ revision, visit });

describe('the texts of a message when an export goes', () => {
  test('the present one falls back when only the export that goes held it', () => {
    const message = { current: text(2, 2), former: [text(1, 1)], absences: [] };
    expect(keptTexts(message, [1])).toEqual({ current: 1, dropped: [2], visits: [text(1, 1)] });
  });

  test('a former one goes when only the export that goes held it', () => {
    const message = { current: text(2, 2), former: [text(1, 1)], absences: [] };
    expect(keptTexts(message, [2])).toEqual({ current: 2, dropped: [1], visits: [text(2, 2)] });
  });

  test('one that a later export held unchanged stays, and counts as that one', () => {
    const message = { current: text(2, 2), former: [text(1, 1)], absences: [] };
    expect(keptTexts(message, [1, 3])).toEqual({ current: 2, dropped: [], visits: [text(1, 1), text(2, 3)] });
  });

  test('a former one that a later export held before it changed stays', () => {
    const message = { current: text(2, 3), former: [text(1, 1)], absences: [] };
    expect(keptTexts(message, [2, 3])).toEqual({ current: 2, dropped: [], visits: [text(1, 2), text(2, 3)] });
  });

  test('an export that did not hold the message held none of its texts', () => {
    const message = { current: text(2, 2), former: [text(1, 1)], absences: [3] };
    expect(keptTexts(message, [1, 3])).toEqual({ current: 1, dropped: [2], visits: [text(1, 1)] });
  });

  test('an older export that came later brought its own text, and not the present one', () => {
    const message = { current: text(1, 1), former: [text(2, 2)], absences: [] };
    expect(keptTexts(message, [2])).toEqual({ current: 2, dropped: [1], visits: [text(2, 2)] });
    expect(keptTexts(message, [1])).toEqual({ current: 1, dropped: [2], visits: [text(1, 1)] });
  });

  test('what an older export brought was not held by those that came later', async () => {
    const message = { current: text(1, 1), former: [text(2, 2)], absences: [] };
    expect(keptTexts(message, [1, 3])).toEqual({ current: 1, dropped: [2], visits: [text(1, 1)] });
  });

  test('those that came as a history go with the archive that had it, and stay with it', async () => {
    const message = { current: text(3, 2), former: [text(1, 2), text(2, 2)], absences: [] };
    expect(keptTexts(message, [3])).toEqual({ current: 3, dropped: [1, 2], visits: [text(3, 3)] });
    expect(keptTexts(message, [2])).toMatchObject({ current: 3, dropped: [] });
  });
});
