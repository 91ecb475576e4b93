import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inTurn } from './turns.ts';

test('whoever is ready first goes in the order of the places, and those who give up hold up nobody', async () => {
  const places = fc.array(fc.boolean(), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), places, async (scheduler, givesUp) => {
      const turns = inTurn(givesUp.length);
      const gone: number[] = [];
      const goers = turns.map(async (turn, place) => {
        await scheduler.schedule(Promise.resolve(), `ready ${place}`);
        if (!givesUp[place]) {
          await turn.come;
          gone.push(place);
        }
        turn.pass();
      });
      await scheduler.waitFor(Promise.all(goers));
      expect(gone).toEqual(givesUp.flatMap((gaveUp, place) => (gaveUp ? [] : [place])));
    }),
  );
});
