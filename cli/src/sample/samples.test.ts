import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { buildSamples } from '../../../samples/build/archives.ts';
import { REPOSITORY_ROOT } from '../repository.ts';
import { choose, type OverviewItem } from './overview.ts';

const SAMPLES = join(REPOSITORY_ROOT, 'samples');

describe('the sample archives', () => {
  test('are what their sources build', () => {
    const built = buildSamples(SAMPLES);
    const committed = readdirSync(SAMPLES).filter((name) => /\.(json|zip)$/.test(name));
    expect(built.map(({ name }) => name).sort()).toEqual(committed.sort());
    for (const { name, content } of built) {
      expect(Buffer.from(content).equals(readFileSync(join(SAMPLES, name)))).toBe(true);
    }
  });
});

function on(platform: string) {
  return { platform: { name: platform } };
}

function item(id: string, dependsOn: string[], more: Partial<OverviewItem> = {}): OverviewItem {
  return {
    id,
    type: 'TECHNICAL_DECISION',
    connectionCount: 0,
    conversation: on('claude'),
    evolvedFrom: [],
    ...more,
    dependsOn: dependsOn.map((target) => ({ id: target })),
  };
}

describe('the choice of examples', () => {
  test('takes the item whose dependencies reach deepest, also around a circle', () => {
    const items = [item('a', ['b']), item('b', ['c']), item('c', ['b', 'd']), item('d', [])];
    expect(choose(items).deepest).toBe('a');
  });

  test('takes the decision with the most to tell', () => {
    const items = [
      item('a', []),
      item('b', [], { evolvedFrom: [{ type: 'TECHNICAL_DECISION', conversation: on('chatgpt') }] }),
      item('p', ['a', 'b'], { type: 'PROBLEM_STATEMENT' }),
    ];
    expect(choose(items).portrayed).toBe('b');
  });

  test('finds nothing in nothing, and no chain without dependencies', () => {
    expect(choose([])).toEqual({ portrayed: null, deepest: null });
    expect(choose([item('a', [])]).deepest).toBeNull();
  });
});
