import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { IssueLog } from './issues.ts';
import { pick, storableId, storableJson, storableText } from './storable.ts';

describe('what can be stored', () => {
  test('a text loses NUL and lone surrogates, and an issue says so', () => {
    const log = new IssueLog();
    expect(storableText('a\0b\uD800c', 'here', log)).toBe('ab\uFFFDc');
    expect(log.issues).toEqual([
      {
        code: 'TEXT_REPAIRED',
        location: 'here',
        message: '1 NUL characters were removed; lone surrogates were replaced by U+FFFD.',
      },
    ]);
    expect(storableText('fine 🌱', 'here', new IssueLog())).toBe('fine 🌱');
  });

  test('an id that no index takes is replaced by its hash, the same each time', () => {
    const log = new IssueLog();
    const id = storableId('x'.repeat(5000), 'here', log);
    expect(id).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(storableId('x'.repeat(5000), 'here', log)).toBe(id);
    expect(storableId('\uD800', 'here', log)).not.toBe(storableId('\uD801', 'here', log));
    expect(log.issues.every(({ code }) => code === 'ID_REPLACED')).toBe(true);
  });

  test('JSON of any shape becomes well-formed throughout', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const stored = JSON.stringify(storableJson(value));
        expect(stored).not.toMatch(/(?<!\\)(\\\\)*\\u0000/);
        expect(JSON.stringify(storableJson(JSON.parse(stored)))).toBe(stored);
      }),
    );
    expect(JSON.stringify(storableJson(JSON.parse('{"__proto__": {"a": "\\u0000\\ud800"}}')))).toBe(
      '{"__proto__":{"a":"\uFFFD"}}',
    );
  });

  test('only named members are picked, none from the prototype', () => {
    expect(pick(JSON.parse('{"a": 1, "b": null, "c": 2}'), ['a', 'b', 'toString', '__proto__'])).toEqual({ a: 1 });
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });
});
