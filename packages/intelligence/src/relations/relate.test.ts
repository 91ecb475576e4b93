import { INTELLIGENCE_TYPES, type IntelligenceType } from '@colloquy/domain';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FoundRelation, RelatableItem } from '../model.ts';
import { keyTerms } from '../text/terms.ts';
import { RELATION_CAPS, relateItems } from './relate.ts';

const DIMENSIONS = 384;

/** A deterministic stand-in for an embedder: hashed stems, unit length. */
function vectorOf(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  for (const term of keyTerms(text).keys()) {
    let hash = 7;
    for (const char of term) hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) >>> 0;
    vector[hash % DIMENSIONS] = 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

let count = 0;
function item(
  type: IntelligenceType,
  content: string,
  place: Partial<RelatableItem> & { day?: number } = {},
): RelatableItem {
  count += 1;
  const { day = count, ...rest } = place;
  return {
    id: `item-${count}`,
    conversationId: 'a',
    platform: 'chatgpt',
    type,
    title: content,
    content,
    tags: [],
    occurredAt: new Date(Date.UTC(2026, 0, day)),
    order: day * 1e6,
    evidenceMessageIds: [],
    vector: vectorOf(content),
    ...rest,
  };
}

const told = (items: RelatableItem[], known: RelatableItem[] = []) => relateItems({ fresh: items, known });

describe('relateItems', () => {
  test('a stated dependency leads to what is needed first', () => {
    const token = item('FEATURE_REQUEST', 'The gateway needs signed identity tokens.');
    const resume = item('TECHNICAL_DECISION', 'The subscription resume depends on the signed identity tokens.');
    expect(told([resume, token])).toEqual([
      expect.objectContaining({
        type: 'DEPENDS_ON',
        sourceId: resume.id,
        targetId: token.id,
        reason: expect.stringMatching(/depends on "signed", "identity" and "tokens"/),
        metadata: expect.objectContaining({ relationship_type: 'prerequisite' }),
      }),
    ]);
  });

  test('the later one may be what the earlier one waits for', () => {
    const release = item(
      'TECHNICAL_DECISION',
      "We can't publish the hybrid search until the hyphen tokenizer is fixed.",
    );
    const problem = item('PROBLEM_STATEMENT', 'The hyphen tokenizer splits words wrongly.');
    expect(told([release, problem])[0]).toMatchObject({
      type: 'DEPENDS_ON',
      sourceId: release.id,
      targetId: problem.id,
      metadata: { relationship_type: 'blocker' },
    });
  });

  test('a solution depends on the problem that it answers', () => {
    const problem = item('PROBLEM_STATEMENT', 'The notebook export runs out of memory.');
    const solution = item('SOLUTION_APPROACH', 'Stream each entry of the notebook export.');
    expect(told([problem, solution])[0]).toMatchObject({
      type: 'DEPENDS_ON',
      sourceId: solution.id,
      targetId: problem.id,
      metadata: { relationship_type: 'motivation' },
    });
  });

  test('an idea evolves into a decision, across conversations and platforms', () => {
    const idea = item('INCOMPLETE_IDEA', 'Maybe combine keyword scores with vector similarity.', { day: 1 });
    const decision = item('TECHNICAL_DECISION', 'Search combines keyword scores and vector similarity.', {
      day: 11,
      conversationId: 'b',
      platform: 'gemini',
    });
    const [relation, ...rest] = told([decision], [idea]);
    expect(rest).toEqual([]);
    expect(relation).toMatchObject({
      type: 'EVOLVES_TO',
      sourceId: idea.id,
      targetId: decision.id,
      metadata: { evolution_type: 'decision', time_gap_hours: 240, cross_platform: true },
    });
    expect(relation?.reason).toMatch(/10 days later in another conversation \(from chatgpt to gemini\)/);
  });

  test('without a known order nothing evolves across conversations', () => {
    const idea = item('INCOMPLETE_IDEA', 'Maybe combine keyword scores with vector similarity.', { occurredAt: null });
    const decision = item('TECHNICAL_DECISION', 'Search combines keyword scores and vector similarity.', {
      conversationId: 'b',
    });
    expect(told([idea, decision]).map(({ type }) => type)).toEqual(['RELATES_TO']);
  });

  test('a timeline has no shortcuts', () => {
    const words = 'combine keyword scores with vector similarity by rank fusion';
    const idea = item('INCOMPLETE_IDEA', `Maybe ${words}.`);
    const approach = item('SOLUTION_APPROACH', `One option is to ${words}.`);
    const decision = item('TECHNICAL_DECISION', `We will ${words}.`);
    const steps = told([idea, approach, decision]).filter(({ type }) => type === 'EVOLVES_TO');
    expect(steps.map(({ sourceId, targetId }) => [sourceId, targetId])).toEqual([
      [idea.id, approach.id],
      [approach.id, decision.id],
    ]);
  });

  test('relates the same matter, and nothing that only shares a common word', () => {
    const a = item('LEARNING_MOMENT', 'Weaviate indexes vectors asynchronously after batches.');
    const b = item('LEARNING_MOMENT', 'Weaviate batches index vectors slowly.', { conversationId: 'b' });
    const c = item('LEARNING_MOMENT', 'Lettuce batches freeze in winter gardens.', { conversationId: 'c' });
    const [relation, ...rest] = told([a, b, c]);
    expect(rest).toEqual([]);
    expect(relation).toMatchObject({ type: 'RELATES_TO', sourceId: a.id, targetId: b.id });
    expect(relation?.reason).toContain('"weaviate"');
  });

  test('tells nothing about two known items', () => {
    const text = 'Weaviate indexes vectors asynchronously.';
    const [a, b] = [item('LEARNING_MOMENT', text), item('LEARNING_MOMENT', text, { conversationId: 'b' })];
    expect(told([], [a, b])).toEqual([]);
    expect(told([b], [a])).toHaveLength(1);
  });

  test('refuses vectors of different length', () => {
    const [a, b] = [item('LEARNING_MOMENT', 'x'), item('LEARNING_MOMENT', 'y', { vector: new Float32Array(3) })];
    expect(() => told([a, b])).toThrow(RangeError);
  });
});

const SUBJECTS = ['event log cursor', 'signed identity token', 'notebook export archive', 'keyword vector search'];
const FRAMES = [
  'maybe we combine the %s with backups',
  'the %s keeps failing in production',
  'we switched the %s to streaming instead of polling',
  'the gateway depends on the %s',
  'the %s also stores audit entries now',
];
const arbitraryItems: fc.Arbitrary<RelatableItem[]> = fc
  .uniqueArray(
    fc.record({
      type: fc.constantFrom(...INTELLIGENCE_TYPES),
      content: fc
        .tuple(fc.constantFrom(...SUBJECTS), fc.constantFrom(...FRAMES))
        .map(([subject, frame]) => frame.replace('%s', subject)),
      conversation: fc.nat(4),
      turn: fc.nat(30),
      timed: fc.boolean(),
    }),
    { maxLength: 40, selector: ({ conversation, turn }) => `${conversation} ${turn}` },
  )
  .map((rows) =>
    rows.map(({ type, content, conversation, turn, timed }, index) => ({
      ...item(type, content),
      id: `i${index}`,
      conversationId: `c${conversation}`,
      platform: conversation % 2 === 0 ? 'chatgpt' : 'claude',
      occurredAt: timed ? new Date(Date.UTC(2026, conversation, 1, turn)) : null,
      order: turn * 1e6,
      title: `${content} (${conversation}.${turn})`,
    })),
  );

/** Relations by what they connect, free of ids. */
function natural(relations: readonly FoundRelation[], items: readonly RelatableItem[]): string[] {
  const titles = new Map(items.map(({ id, title, type }) => [id, `${type} ${title}`]));
  return relations.map(({ sourceId, targetId, ...rest }) =>
    JSON.stringify([titles.get(sourceId), titles.get(targetId), rest]),
  );
}

describe('relateItems, whatever the items', () => {
  test('depends neither on the order of the input nor on ids', () => {
    fc.assert(
      fc.property(arbitraryItems, fc.infiniteStream(fc.nat()), (items, keys) => {
        const expected = natural(relateItems({ fresh: items, known: [] }), items);
        const order = items.map((value) => ({ value, key: keys.next().value as number })).sort((a, b) => a.key - b.key);
        const renamed = order.map(({ value, key }, index) => ({
          ...value,
          id: `z${key}-${index}`,
          conversationId: `y${9 - Number(value.conversationId.slice(1))}`,
        }));
        expect(natural(relateItems({ fresh: renamed, known: [] }), renamed)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('keeps the caps, never relates an item to itself, and tells each pair and type once', () => {
    fc.assert(
      fc.property(arbitraryItems, (items) => {
        const relations = relateItems({ fresh: items.slice(0, 20), known: items.slice(20) });
        const degree = new Map<string, number>();
        const pairs = new Set<string>();
        for (const { sourceId, targetId, type, strength, confidence, reason } of relations) {
          expect(sourceId).not.toBe(targetId);
          const [first, second] = [sourceId, targetId].sort();
          const pair = `${type} ${first} ${second}`;
          expect(pairs.has(pair)).toBe(false);
          pairs.add(pair);
          for (const score of [strength, confidence]) {
            expect(score).toBeGreaterThan(0);
            expect(score).toBeLessThanOrEqual(1);
          }
          expect(reason).not.toBe('');
          const together = RELATION_CAPS[type].together === true;
          for (const end of [
            `${type} ${together ? '' : 'out '}${sourceId}`,
            `${type} ${together ? '' : 'in '}${targetId}`,
          ])
            degree.set(end, (degree.get(end) ?? 0) + 1);
        }
        for (const [end, edges] of degree) {
          const [type, way] = end.split(' ') as [keyof typeof RELATION_CAPS, string];
          const cap = RELATION_CAPS[type];
          expect(edges).toBeLessThanOrEqual(way === 'in' ? cap.incoming : cap.outgoing);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('a relation found for a new item is the same whether the others are new or known', () => {
    fc.assert(
      fc.property(
        arbitraryItems.filter((items) => items.length > 1),
        (items) => {
          const [fresh, ...known] = items;
          if (!fresh) return;
          const all = relateItems({ fresh: items, known: [] });
          const added = relateItems({ fresh: [fresh], known });
          const keys = new Set(added.map(({ sourceId, targetId }) => [sourceId, targetId].sort().join(' ')));
          for (const { sourceId, targetId, type } of all)
            if (type === 'DEPENDS_ON' && (sourceId === fresh.id || targetId === fresh.id))
              expect(keys).toContain([sourceId, targetId].sort().join(' '));
        },
      ),
      { numRuns: 40 },
    );
  });
});
