import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { IssueLog } from './issues.ts';
import { arrangeTree } from './tree.ts';
import type { MessageDraft, TreeNode } from './tree-node.ts';

function draft(raw: string, time: number | null = null): MessageDraft {
  return {
    role: 'USER',
    author: null,
    text: raw,
    hidden: false,
    createdAt: time === null ? null : new Date(time),
    model: null,
    contentType: 'text',
    raw,
    metadata: {},
  };
}

function node(id: string, parentId: string | null, more: Partial<TreeNode> & { time?: number } = {}): TreeNode {
  const { time, ...rest } = more;
  return { id, parentId, message: draft(id, time ?? null), location: id, ...rest };
}

function arrange(nodes: TreeNode[], activeId?: string | null) {
  const log = new IssueLog();
  const messages = arrangeTree(nodes, activeId, log);
  const path = messages.filter(({ onActivePath }) => onActivePath).map(({ externalId }) => externalId);
  return { messages, path, codes: log.issues.map(({ code }) => code), parents: parentsOf(messages) };
}

const parentsOf = (messages: ReturnType<typeof arrangeTree>) =>
  Object.fromEntries(messages.map(({ externalId, parentExternalId }) => [externalId, parentExternalId]));

describe('arranging a tree', () => {
  test('replies to a node without a message move up to the nearest message', () => {
    const nodes = [node('a', null), node('skip', 'a', { message: null }), node('b', 'skip'), node('c', 'skip')];
    const { parents, path, codes } = arrange(nodes, 'b');
    expect(parents).toEqual({ a: null, b: 'a', c: 'a' });
    expect(path).toEqual(['a', 'b']);
    expect(codes).toEqual([]);
  });

  test('without a current message the newest leaf counts, not the last or the deepest', () => {
    const nodes = [
      node('a', null, { time: 1 }),
      node('new', 'a', { time: 9 }),
      node('b', 'a', { time: 2 }),
      node('c', 'b', { time: 3 }),
    ];
    expect(arrange(nodes).path).toEqual(['a', 'new']);
    expect(arrange(nodes).codes).toEqual([]);
  });

  test('of leaves of one time the deepest counts, then the last in the file', () => {
    expect(arrange([node('a', null), node('b', 'a'), node('c', 'b'), node('d', 'a')]).path).toEqual(['a', 'b', 'c']);
    expect(arrange([node('a', null), node('b', 'a'), node('c', 'a')]).path).toEqual(['a', 'c']);
  });

  test('a current message that does not exist is reported, one without words below it too', () => {
    expect(arrange([node('a', null)], 'gone')).toMatchObject({ path: ['a'], codes: ['DANGLING_CURRENT_MESSAGE'] });
    const rootOnly = [node('root', null, { message: null }), node('a', 'root')];
    expect(arrange(rootOnly, 'root')).toMatchObject({ path: ['a'], codes: ['DANGLING_CURRENT_MESSAGE'] });
  });

  test('a message whose parent is missing becomes a root', () => {
    expect(arrange([node('a', 'gone'), node('b', 'a')], 'b')).toMatchObject({
      parents: { a: null, b: 'a' },
      codes: ['ORPHAN_MESSAGE'],
    });
  });

  test('a circle is opened at its first message in the file', () => {
    expect(arrange([node('c', 'b'), node('a', 'c'), node('b', 'a')], 'b')).toMatchObject({
      parents: { c: null, a: 'c', b: 'a' },
      path: ['c', 'a', 'b'],
      codes: ['CYCLE_BROKEN'],
    });
    expect(arrange([node('a', 'a')]).parents).toEqual({ a: null });
  });

  test('a copy of a message is dropped, another message of the same id is renamed', () => {
    const nodes = [node('a', null), node('a', null), node('a', null, { message: draft('other') }), node('b', 'a')];
    const { messages, codes } = arrange(nodes, 'b');
    expect(messages.map(({ externalId, text }) => [externalId, text])).toEqual([
      ['a', 'a'],
      ['b', 'b'],
      ['a~2', 'other'],
    ]);
    expect(codes).toEqual(['DUPLICATE_MESSAGE_ID', 'DUPLICATE_MESSAGE_ID']);
  });

  test('siblings come in the order the export gives them', () => {
    const nodes = [node('a', null), node('late', 'a', { rank: 1 }), node('early', 'a', { rank: 0 })];
    expect(arrange(nodes, 'late').messages.map(({ externalId }) => externalId)).toEqual(['a', 'early', 'late']);
  });

  test('a chain of 200,000 messages needs no stack', () => {
    const nodes = Array.from({ length: 200_000 }, (_, index) => node(`${index}`, index === 0 ? null : `${index - 1}`));
    expect(arrange(nodes.reverse(), '199999').path).toHaveLength(200_000);
  });

  const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'toString', '__proto__');
  const anyNode = fc.record({
    id: name,
    parentId: fc.option(name),
    message: fc.option(fc.record({ raw: fc.constantFrom('x', 'y'), time: fc.option(fc.nat(3)) })),
  });

  test('whatever the nodes are: a forest, each message once, one path from a root, and the same again', () => {
    fc.assert(
      fc.property(fc.array(anyNode, { maxLength: 20 }), fc.option(name), (drafts, activeId) => {
        const nodes = drafts.map(({ id, parentId, message }) => ({
          id,
          parentId,
          message: message && draft(message.raw, message.time),
          location: id,
        }));
        const { messages, codes } = arrange(nodes, activeId);
        const seen = new Set<string>();
        for (const { externalId, parentExternalId } of messages) {
          expect(seen.has(externalId)).toBe(false);
          expect(parentExternalId === null || seen.has(parentExternalId)).toBe(true);
          seen.add(externalId);
        }
        const path = messages.filter(({ onActivePath }) => onActivePath);
        expect(path.map(({ sequence }) => sequence)).toEqual(path.map((_, index) => index));
        expect(path.map(({ parentExternalId }) => parentExternalId)).toEqual(
          [null, ...path.map(({ externalId }) => externalId)].slice(0, path.length),
        );
        expect(path.length > 0).toBe(messages.length > 0);
        expect(messages.filter(({ onActivePath, sequence }) => onActivePath !== (sequence !== null))).toEqual([]);
        const dropped = nodes.filter(({ message }) => message !== null).length - messages.length;
        expect(codes.filter((code) => code === 'DUPLICATE_MESSAGE_ID').length).toBeGreaterThanOrEqual(dropped);
        expect(arrange(nodes, activeId).messages).toEqual(messages);
      }),
      { numRuns: 500 },
    );
  });
});
