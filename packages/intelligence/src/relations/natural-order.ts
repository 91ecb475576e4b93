import type { RelatableItem } from '../model.ts';

const UNKNOWN_TIME = Number.POSITIVE_INFINITY;

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareTime(a: Date | null, b: Date | null): number {
  const [x, y] = [a?.getTime() ?? UNKNOWN_TIME, b?.getTime() ?? UNKNOWN_TIME];
  return x === y ? 0 : x < y ? -1 : 1;
}

function compareContent(a: RelatableItem, b: RelatableItem): number {
  return (
    compareTime(a.occurredAt, b.occurredAt) ||
    compareText(a.platform, b.platform) ||
    a.order - b.order ||
    compareText(a.type, b.type) ||
    compareText(a.title, b.title) ||
    compareText(a.content, b.content)
  );
}

/** What a conversation's items say, so that equal items of different conversations can be told apart without ids. */
function signatures(items: readonly RelatableItem[]): Map<string, string> {
  const said = new Map<string, string[]>();
  for (const item of items) {
    const line = `${item.occurredAt?.getTime() ?? ''} ${item.order} ${item.type} ${item.title} ${item.content}`;
    const lines = said.get(item.conversationId);
    if (lines) lines.push(line);
    else said.set(item.conversationId, [line]);
  }
  return new Map([...said].map(([id, lines]) => [id, lines.sort().join('\n')]));
}

/**
 * Items in an order that their content alone decides: time, platform, position, words, then what else their conversation
 * says. Ids decide only between items of conversations that say exactly the same.
 */
export function inNaturalOrder(items: readonly RelatableItem[]): RelatableItem[] {
  const signature = signatures(items);
  return [...items].sort(
    (a, b) =>
      compareContent(a, b) ||
      compareText(signature.get(a.conversationId) ?? '', signature.get(b.conversationId) ?? '') ||
      compareText(a.id, b.id),
  );
}
