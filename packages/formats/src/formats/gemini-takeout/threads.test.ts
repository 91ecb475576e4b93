import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Activity } from './activity.ts';
import { gatherThreads } from './gather.ts';
import { type ActivityMark, type Thread, ThreadPlanner } from './threads.ts';

function plan(marks: readonly Partial<ActivityMark>[]): Thread[] {
  const planner = new ThreadPlanner();
  for (const mark of marks) planner.add({ time: null, links: [], size: 10, ...mark });
  return planner.finish();
}

const minutes = (count: number) => count * 60_000;
const membersOf = (threads: readonly Thread[]) => threads.map(({ link, members }) => [link, members]);

describe('activities are sorted into threads', () => {
  test('by a silence of more than 30 minutes, whole seconds counted', () => {
    const marks = [minutes(100), minutes(70) - 1000, minutes(40) - 1000 + 999, minutes(5)].map((time) => ({ time }));
    expect(membersOf(plan(marks))).toEqual([
      [null, [3]],
      [null, [2, 1]],
      [null, [0]],
    ]);
  });

  test('by their links first, whatever lies between', () => {
    const marks = [
      { time: minutes(500), links: ['a'] },
      { time: minutes(499) },
      { time: minutes(10), links: ['a', 'b'] },
      { time: minutes(5), links: ['b'] },
    ];
    expect(membersOf(plan(marks))).toEqual([
      ['b', [3, 2]],
      ['a', [2, 0]],
      [null, [1]],
    ]);
  });

  test('in any order of the file; with equal times the later in the file is the older', () => {
    expect(membersOf(plan([5, 1, 3, 3].map((time) => ({ time: minutes(time) }))))).toEqual([[null, [1, 3, 2, 0]]]);
  });

  test('without a time beside their neighbour', () => {
    const marks = [{}, { time: minutes(100) }, {}, { time: minutes(1) }];
    expect(membersOf(plan(marks))).toEqual([
      [null, [3]],
      [null, [2, 1, 0]],
    ]);
    expect(membersOf(plan([{}, {}]))).toEqual([[null, [1, 0]]]);
  });
});

describe('threads are gathered', () => {
  const activityAt = (position: number) => ({ location: `${position}` }) as Activity;

  async function gather(threads: readonly Thread[], count: number, budget: number) {
    let passes = 0;
    const found: [Thread, string[]][] = [];
    async function* pass() {
      passes++;
      for (let position = 0; position < count; position++) yield activityAt(position);
    }
    for await (const { thread, activities } of gatherThreads(threads, pass, budget)) {
      found.push([thread, activities.map(({ location }) => location)]);
    }
    return { found, passes };
  }

  test('each once and whole, whatever may be held', async () => {
    const mark = fc.record({
      time: fc.nat(minutes(300)),
      links: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 2 }),
      size: fc.integer({ min: 1, max: 50 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(mark, { maxLength: 40 }), fc.nat(400), async (marks, budget) => {
        const threads = plan(marks);
        const { found } = await gather(threads, marks.length, budget);
        expect(new Set(found.map(([thread]) => thread))).toEqual(new Set(threads));
        expect(found).toHaveLength(threads.length);
        for (const [{ members }, locations] of found) expect(locations).toEqual(members.map(String));
      }),
    );
  });

  test('in one pass when there is room, in more when there is not', async () => {
    const marks = Array.from({ length: 20 }, (_, index) => ({ time: index, links: [`l${index % 5}`], size: 10 }));
    const threads = plan(marks);
    expect((await gather(threads, 20, 1000)).passes).toBe(1);
    expect((await gather(threads, 20, 80)).passes).toBe(3);
    expect((await gather(threads, 20, 0)).passes).toBe(5);
    expect((await gather([], 20, 0)).passes).toBe(0);
  });
});
