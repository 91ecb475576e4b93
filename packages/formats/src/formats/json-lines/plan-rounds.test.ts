import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { planRounds } from './plan-rounds.ts';
import type { SessionEntry } from './session-index.ts';

function session(key: string, first: number, last: number, bytes: number): SessionEntry {
  return { key, id: key, first, last, bytes, messages: 1, location: `$:${first}` };
}

const keys = (rounds: SessionEntry[][]) => rounds.map((round) => round.map(({ key }) => key));

describe('readings of an archive', () => {
  test('one is enough for any number of sessions that follow each other', () => {
    const sessions = Array.from({ length: 1000 }, (_, index) => session(`${index}`, index, index, 100));
    expect(planRounds(sessions, 100)).toHaveLength(1);
  });

  test('sessions that are mixed and large are read apart', () => {
    const sessions = [session('a', 1, 9, 60), session('b', 2, 8, 60), session('c', 3, 7, 40), session('d', 10, 11, 90)];
    expect(keys(planRounds(sessions, 100))).toEqual([['a', 'c', 'd'], ['b']]);
  });

  test('each session is read once, and no reading holds more than the budget', () => {
    const entry = fc.tuple(fc.nat(50), fc.nat(50), fc.integer({ min: 1, max: 100 }));
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const sessions = entries.map(([a, b, bytes], index) =>
          session(`${index}`, Math.min(a, b), Math.max(a, b), bytes),
        );
        const rounds = planRounds(sessions, 100);
        expect(new Set(rounds.flat())).toEqual(new Set(sessions));
        expect(rounds.flat()).toHaveLength(sessions.length);
        for (const round of rounds) {
          for (let line = 0; line <= 50; line++) {
            const open = round.filter(({ first, last }) => first <= line && line <= last);
            expect(open.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(100);
          }
        }
      }),
    );
  });
});
