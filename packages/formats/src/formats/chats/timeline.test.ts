import { describe, expect, test } from '@jest/globals';
import { IssueLog } from '../../conversation/issues.ts';
import { chainByTime, type TimedMessage } from './timeline.ts';

function timed(id: string, time: number | null, text = id): TimedMessage {
  const message = {
    role: 'USER' as const,
    author: 'Ann',
    text,
    hidden: false,
    createdAt: time === null ? null : new Date(time),
    model: null,
    contentType: 'message',
    raw: '{}',
    metadata: {},
  };
  return { id, message, location: id };
}

function chain(messages: TimedMessage[]) {
  const log = new IssueLog();
  const nodes = chainByTime(messages, log);
  return { nodes: nodes.map(({ id, parentId }) => [id, parentId]), codes: log.issues.map(({ code }) => code) };
}

describe('a chat in the order of time', () => {
  test('is a chain, whatever the order of the file', () => {
    expect(chain([timed('30', 3), timed('9', 1), timed('11', 1), timed('10', 1)]).nodes).toEqual([
      ['9', null],
      ['10', '9'],
      ['11', '10'],
      ['30', '11'],
    ]);
  });

  test('leaves a message without a time behind the one before it', () => {
    expect(chain([timed('2', 2), timed('none', null), timed('3', 3), timed('1', 1)]).nodes.map(([id]) => id)).toEqual([
      '1',
      '2',
      'none',
      '3',
    ]);
  });

  test('drops copies, renames others of the same id, and reports both', () => {
    const messages = [timed('1', 1), timed('1', 1), timed('1', 1, 'other'), timed('1~2', 2), timed('1', 1, 'third')];
    expect(chain(messages)).toEqual({
      nodes: [
        ['1', null],
        ['1~3', '1'],
        ['1~4', '1~3'],
        ['1~2', '1~4'],
      ],
      codes: ['DUPLICATE_MESSAGE_ID', 'DUPLICATE_MESSAGE_ID', 'DUPLICATE_MESSAGE_ID'],
    });
  });

  test('takes 100,000 messages of one id', () => {
    const messages = Array.from({ length: 100_000 }, (_, index) => timed('1', 1, `${index}`));
    expect(chain(messages).nodes).toHaveLength(100_000);
  });
});
