import { EventEmitter } from 'node:events';
import { describe, expect, jest, test } from '@jest/globals';
import { anOutcome, aRefusal } from '../../test-support/outcomes.ts';
import { InterruptedError } from '../exit.ts';
import { closingLines } from './going-on.ts';
import { watchInterruption } from './interruption.ts';
import { Problems } from './problems.ts';

const interrupted = (sessionId: string | null) =>
  anOutcome({ sessionId, status: 'PENDING', code: 'INTERRUPTED' }, { error: new InterruptedError() });

describe('what is said at the end', () => {
  test('is nothing when all went well, or a file was refused', () => {
    expect(closingLines([anOutcome(), aRefusal('a.txt')])).toEqual([]);
  });

  test('is what was not done again', () => {
    expect(closingLines([anOutcome({}, { doneBefore: true })])).toEqual([expect.stringContaining('1 file COMPLETED')]);
  });

  test('is how to go on after a stop', () => {
    const lines = closingLines([anOutcome(), interrupted('sess_1'), interrupted(null), interrupted(null)]);
    expect(lines[0]).toContain('1 file sent');
    expect(lines[1]).toContain('2 files not sent');
    expect(lines[2]).toContain('same command again');
  });
});

describe('problems', () => {
  test('are told three times a code, the first time in full, then once that there are more', () => {
    const problems = new Problems((_, text) => text);
    const said = Array.from({ length: 9 }, (_, index) => problems.of(aRefusal(`${index}.txt`)));
    expect(said[0]).toContain('0.txt: UNSUPPORTED_FORMAT: This is no chat export. Supported: all that is one.');
    expect(said[1]).toMatch(/1\.txt: UNSUPPORTED_FORMAT: This is no chat export\.$/);
    expect(said[2]).toContain('2.txt');
    expect(said[3]).toContain('further files with UNSUPPORTED_FORMAT');
    expect(said.slice(4)).toEqual([null, null, null, null, null]);
    expect(problems.of(aRefusal('z', 'EMPTY_FILE'))).toContain('z: EMPTY_FILE');
  });

  test('are not what a person stopped', () => {
    expect(new Problems((_, text) => text).of(interrupted(null))).toBeNull();
  });
});

describe('the first Ctrl-C', () => {
  test('is heard once; after that, and after the end, the process is on its own', () => {
    const source = new EventEmitter();
    const heard = jest.fn();
    const { signal } = watchInterruption(heard, source);
    expect(signal.aborted).toBe(false);
    source.emit('SIGINT');
    expect(signal.aborted).toBe(true);
    expect(source.listenerCount('SIGINT')).toBe(0);
    watchInterruption(heard, source).release();
    expect(source.listenerCount('SIGINT')).toBe(0);
    expect(heard).toHaveBeenCalledTimes(1);
  });
});
