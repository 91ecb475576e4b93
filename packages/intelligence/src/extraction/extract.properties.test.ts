import { MESSAGE_ROLES } from '@colloquy/domain';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { SourceMessage } from '../model.ts';
import { extractItems } from './extract.ts';

const STATEMENTS = [
  'We decided to keep the event log in PostgreSQL because it is backed up.',
  'The main problem is that clients lose events after a reconnect. 🧵',
  'Users should be able to export a notebook as Markdown.',
  "I'd recommend an append-only table with a sequence number.",
  'What if we also stored the audit entries there?',
  'It turns out that the naïve driver opens a connection per request.',
  'Sounds good, let’s do that!',
  'Yes.',
];
const CODE_WORDS = 'zzcodezz';
const wrap = fc.constantFrom(
  (text: string) => text,
  (text: string) => `- ${text}`,
  (text: string) => `\`\`\`\n${CODE_WORDS} ${text}\n\`\`\``,
  (text: string) => `> ${CODE_WORDS} ${text}`,
  (text: string) => `\n\n    ${CODE_WORDS} ${text}\n\n`,
);
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...STATEMENTS), wrap).map(([text, around]) => around(text)) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !/[`~<]/.test(text)) },
);

const conversation: fc.Arbitrary<SourceMessage[]> = fc
  .array(
    fc.record({
      role: fc.constantFrom(...MESSAGE_ROLES),
      text: fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join('\n')),
      hidden: fc.boolean(),
      onActivePath: fc.boolean(),
      parent: fc.nat(20),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((turns) =>
    turns.map(({ parent, ...turn }, index) => ({
      ...turn,
      id: `m${index}`,
      parentId: index === 0 ? null : `m${parent % index}`,
      sequence: turn.onActivePath ? index : null,
      createdAt: index % 3 === 0 ? null : new Date(Date.UTC(2026, 0, 1) + index * 1000),
    })),
  );

const context = { title: null, platform: 'claude' };

describe('extractItems, whatever the conversation', () => {
  test('evidence quotes its message exactly, and only visible talk of users and assistants', () => {
    fc.assert(
      fc.property(conversation, (messages) => {
        const byId = new Map(messages.map((message) => [message.id, message]));
        for (const item of extractItems(messages, context)) {
          expect(item.evidence.length).toBeGreaterThanOrEqual(1);
          expect(item.content).toBe(item.evidence[0]?.quote);
          for (const { messageId, start, end, quote } of item.evidence) {
            const message = byId.get(messageId);
            expect(message?.text.slice(start, end)).toBe(quote);
            expect(['USER', 'ASSISTANT']).toContain(message?.role);
            expect(message?.hidden).toBe(false);
            expect(quote).not.toContain(CODE_WORDS);
          }
          if (byId.get(item.evidence[0]?.messageId ?? '')?.role === 'ASSISTANT')
            expect(byId.get(item.evidence[1]?.messageId ?? '')?.role).toBe('USER');
        }
      }),
      { numRuns: 300 },
    );
  });

  test('scores, titles and tags keep their bounds', () => {
    fc.assert(
      fc.property(conversation, (messages) => {
        for (const { title, confidence, completeness, priority, tags } of extractItems(messages, context)) {
          expect(title.length).toBeGreaterThan(0);
          expect(title.length).toBeLessThanOrEqual(500);
          expect(title).not.toMatch(/\n/);
          for (const score of [confidence, completeness ?? 0, priority ?? 0]) {
            expect(score).toBeGreaterThanOrEqual(0);
            expect(score).toBeLessThanOrEqual(1);
          }
          expect(tags.length).toBeLessThanOrEqual(8);
          expect(tags).toEqual(tags.map((tag) => tag.toLowerCase()));
        }
      }),
    );
  });

  test('the same conversation under other ids gives the same items', () => {
    fc.assert(
      fc.property(conversation, (messages) => {
        const renamed = messages.map((message) => ({
          ...message,
          id: `x${1000 - Number(message.id.slice(1))}`,
          parentId: message.parentId && `x${1000 - Number(message.parentId.slice(1))}`,
        }));
        const bare = (items: ReturnType<typeof extractItems>) =>
          items.map(({ evidence, ...item }) => ({
            ...item,
            quotes: evidence.map(({ quote, start }) => [quote, start]),
          }));
        expect(bare(extractItems(renamed, context))).toEqual(bare(extractItems(messages, context)));
      }),
    );
  });
});
