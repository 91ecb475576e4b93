import type { ParsedConversation, ParsedRecord } from '@colloquy/formats';
import { describe, expect, test } from '@jest/globals';
import { type Arrival, arrivals } from './arrivals.ts';

const issue = (location: string): ParsedRecord => ({
  kind: 'issue',
  issue: { code: 'INVALID_RECORD', message: 'Broken.', location },
});

function conversation(externalId: string): ParsedRecord {
  const conversation: ParsedConversation = {
    platform: 'chatgpt',
    externalId,
    title: null,
    url: null,
    createdAt: null,
    updatedAt: null,
    model: null,
    metadata: {},
    raw: '{}',
    messages: [],
    issues: [{ code: 'ORPHAN_MESSAGE', message: 'No parent.', location: externalId }],
  };
  return { kind: 'conversation', conversation };
}

async function* stream(records: Iterable<ParsedRecord>) {
  yield* records;
}

async function read(records: Iterable<ParsedRecord>, skip = 0): Promise<Arrival[]> {
  const found: Arrival[] = [];
  for await (const arrival of arrivals(stream(records), skip)) found.push(arrival);
  return found;
}

const places = (found: readonly Arrival[]) =>
  found.map(({ ordinal, conversation, issues }) => [
    ordinal,
    conversation?.externalId ?? null,
    issues.map(({ location }) => location),
  ]);

describe('arrivals', () => {
  const records = [issue('0'), conversation('a'), issue('2'), issue('3'), conversation('b'), issue('5')];

  test('come with the issues met since the one before', async () => {
    expect(places(await read(records))).toEqual([
      [0, 'a', ['0', 'a']],
      [1, 'b', ['2', '3', 'b']],
      [2, null, ['5']],
    ]);
  });

  test('that are stored already are dropped with their issues, and the others keep their places', async () => {
    expect(places(await read(records, 1))).toEqual([
      [1, 'b', ['2', '3', 'b']],
      [2, null, ['5']],
    ]);
  });

  test('very many issues in a row are kept up to a number, and then counted', async () => {
    const broken = Array.from({ length: 10_700 }, (_, index) => issue(String(index)));
    const [arrival] = await read([...broken, conversation('a')]);
    expect(arrival?.issues).toHaveLength(10_002);
    expect(arrival?.issues[10_000]).toEqual({
      code: 'FURTHER_ISSUES',
      message: '700 more records that follow cannot be read either.',
      location: '9999',
    });
  });
});
