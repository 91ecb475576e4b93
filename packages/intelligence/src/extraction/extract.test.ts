import { describe, expect, test } from '@jest/globals';
import type { SourceMessage } from '../model.ts';
import { extractItems } from './extract.ts';

type Turn = Partial<SourceMessage> & { text: string };

/** A branch of turns, each the child of the one before unless it says otherwise. */
function chat(turns: readonly Turn[]): SourceMessage[] {
  return turns.map((turn, index) => ({
    id: `m${index}`,
    parentId: index === 0 ? null : `m${index - 1}`,
    role: index % 2 === 0 ? 'USER' : 'ASSISTANT',
    hidden: false,
    onActivePath: true,
    sequence: index,
    createdAt: new Date(Date.UTC(2026, 0, 1, 9, index)),
    ...turn,
  }));
}

const extract = (turns: readonly Turn[]) => extractItems(chat(turns), { title: null, platform: 'chatgpt' });
const DECISION = 'We decided to keep the event log in the relational database.';
const PROPOSAL = "I'd recommend an append-only event table with a sequence number per session.";

describe('extractItems', () => {
  test('tells an item with all its parts', () => {
    const [item, ...rest] = extract([
      { text: `Hi!\n\n- ok, so ${DECISION.replace('We', 'we')} That way one backup covers everything in production.` },
    ]);
    expect(rest).toEqual([]);
    expect(item).toMatchObject({
      type: 'TECHNICAL_DECISION',
      title: 'We decided to keep the event log in the relational database',
      occurredAt: new Date('2026-01-01T09:00:00Z'),
    });
    expect(item?.content).toMatch(/^ok, so we decided .* production\.$/);
    expect(item?.evidence).toHaveLength(1);
    expect(item?.tags).toEqual(expect.arrayContaining(['event log', 'relational database']));
    for (const score of [item?.confidence, item?.completeness, item?.priority]) {
      expect(score).toBeGreaterThan(0);
      expect(Math.round((score ?? 0) * 100) / 100).toBe(score);
    }
  });

  test.each(['SYSTEM', 'TOOL', 'ASSISTANT'] as const)('takes nothing from a %s message on its own', (role) => {
    expect(
      extract([
        { role, text: DECISION },
        { role: 'USER', text: 'Tell me a joke about cats.' },
      ]),
    ).toEqual([]);
  });

  test('takes nothing from hidden messages', () => {
    expect(extract([{ text: DECISION, hidden: true }])).toEqual([]);
  });

  test('takes what the user agrees to, with the agreement as second evidence', () => {
    const [item] = extract([
      { text: 'How can progress be resumed?' },
      { text: PROPOSAL },
      { text: 'Sounds good, thanks.' },
    ]);
    expect(item).toMatchObject({ type: 'SOLUTION_APPROACH', content: PROPOSAL });
    expect(item?.evidence.map(({ messageId, quote }) => [messageId, quote])).toEqual([
      ['m1', PROPOSAL],
      ['m2', 'Sounds good, thanks.'],
    ]);
  });

  test('a bare commitment makes the proposal a decision', () => {
    const [item] = extract([
      { text: 'How can progress be resumed?' },
      { text: PROPOSAL },
      { text: "Great, let's do that." },
    ]);
    expect(item).toMatchObject({ type: 'TECHNICAL_DECISION', content: PROPOSAL });
  });

  test('advice without a cue counts when the user takes it up by name', () => {
    const items = extract([
      { text: 'Docker builds are getting long.' },
      { text: 'Copy the lock file first and install before the sources are copied. Images are stored in layers.' },
      { text: 'Copying the lock file first brought it down to 5 minutes.' },
    ]);
    expect(items.map(({ content }) => content)).toContain(
      'Copy the lock file first and install before the sources are copied.',
    );
    expect(items.some(({ content }) => content.startsWith('Images'))).toBe(false);
  });

  test.each([
    ['refused', 'No, that is too complicated.'],
    ['failed', "Tried it, that doesn't work."],
    ['doubted', "Yes, but I'm not convinced."],
    ['ignored', 'What is the capital of France?'],
    ['only asked about', 'What is a sequence number?'],
  ])('takes nothing that was %s', (_, reply) => {
    const items = extract([{ text: 'How can progress be resumed?' }, { text: PROPOSAL }, { text: reply }]);
    expect(items.filter(({ evidence }) => evidence[0]?.messageId === 'm1')).toEqual([]);
  });

  const OPTIONS = `Some options:

1. **Rename** the workspaces to teams
2. Send a short email on the second day
3. Show an example project after sign-up`;
  test.each([
    ['The second one sounds great.', 'SOLUTION_APPROACH', 'Send a short email on the second day'],
    ["Let's go with option 3.", 'TECHNICAL_DECISION', 'Show an example project after sign-up'],
  ])('an option is picked by its place: %s', (reply, type, content) => {
    const items = extract([{ text: 'How do we explain workspaces?' }, { text: OPTIONS }, { text: reply }]);
    expect(items.map((item) => [item.type, item.content])).toEqual([[type, content]]);
  });

  test('what the user did as advised, and tells to be better, is taken up once', () => {
    const items = extract([
      { text: 'How can I improve the echo in our living room?' },
      { text: 'Hang duvets behind the speakers. The microphone matters less.' },
      { text: 'I hung duvets behind both speakers and it sounds much better, thanks.' },
    ]);
    expect(items.map(({ type, content }) => [type, content])).toEqual([
      ['SOLUTION_APPROACH', 'Hang duvets behind the speakers.'],
    ]);
  });

  test('a thread without an assistant trusts the model further than a chat', () => {
    const said = [
      'The tokenizer.json file is read by the python bindings.',
      'You have to convert the weights before tf.function can trace them.',
      'I ran the pytest suite on linux as well.',
      'The numpy array is copied twice in that function.',
      'This also needs a change in the python wrapper of the tokenizer.',
    ];
    const thread = extractItems(chat(said.map((text) => ({ role: 'USER', text }))), {
      title: null,
      platform: 'chatgpt',
    });
    const answered = extract(said.flatMap((text) => [{ text }, { text: 'Noted.' }]));
    expect(thread.length).toBeGreaterThanOrEqual(answered.length);
  });

  test('an answer on another branch is not taken up', () => {
    const items = extract([
      { text: 'How can progress be resumed?' },
      { text: PROPOSAL, onActivePath: false, sequence: null },
      { role: 'ASSISTANT', parentId: 'm0', text: 'Poll the server every second.' },
      { role: 'USER', parentId: 'm2', text: 'Sounds good!' },
    ]);
    expect(items.some(({ content }) => content === PROPOSAL)).toBe(false);
  });

  test('what was said on a left branch counts for less', () => {
    const [on] = extract([{ text: DECISION }]);
    const [off] = extract([{ text: DECISION, onActivePath: false, sequence: null }]);
    expect(off?.confidence).toBeLessThan(on?.confidence ?? 0);
  });

  test('joins sentences about the same and tells each item once', () => {
    const problem =
      'The importer keeps crashing on large archives. It fails with an out of memory error after 20 seconds.';
    const items = extract([{ text: problem }, { text: 'I see.' }, { text: problem }]);
    expect(items).toHaveLength(1);
    expect(items[0]?.content).toBe(problem);
  });

  test('urgency raises priority, doubt lowers completeness', () => {
    const [calm] = extract([{ text: 'The nightly report keeps failing on the old server.' }]);
    const [urgent] = extract([
      { text: 'Urgent: the payment service keeps failing in production and blocks every customer.' },
    ]);
    expect(urgent?.priority).toBeGreaterThan(calm?.priority ?? 1);
    const [vague] = extract([{ text: 'Maybe we could somehow cache the rendered pages...' }]);
    const [full] = extract([
      {
        text: 'We decided to cache rendered pages in Redis instead of memory, because workers restart every 10 minutes.',
      },
    ]);
    expect(vague?.completeness).toBeLessThan(full?.completeness ?? 0);
  });

  test('titles are single lines that end at a word', () => {
    const long = `We decided to keep ${'the very long event log of the relational database '.repeat(8)}for now.`;
    const [item] = extract([{ text: long }]);
    expect(item?.title.length).toBeLessThanOrEqual(140);
    expect(item?.title).toMatch(/^We decided to keep .* (?:very|long|event|log|of|the|relational|database)…$/);
  });
});
