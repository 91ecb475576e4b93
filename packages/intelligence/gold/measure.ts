import { extractItems } from '../src/extraction/extract.ts';
import type { ExtractedItem, FoundRelation } from '../src/model.ts';
import { relateItems } from '../src/relations/relate.ts';
import {
  type GoldConversation,
  type GoldEnd,
  type GoldPart,
  goldConversations,
  goldRelations,
  messagesOf,
  relatableGold,
} from './gold-set.ts';

/** Counts over the whole gold set. */
export interface Measure {
  expected: number;
  found: number;
  right: number;
  precision: number;
  recall: number;
  /** What is missing or too much, in words. */
  faults: string[];
}

function measure(expected: number, found: number, right: number, faults: string[]): Measure {
  return {
    expected,
    found,
    right,
    precision: right / Math.max(1, found),
    recall: right / Math.max(1, expected),
    faults,
  };
}

function itemsOf(conversation: GoldConversation): ExtractedItem[] {
  return extractItems(messagesOf(conversation), { title: conversation.title, platform: conversation.platform });
}

/** An extracted item is right when type and turn are those of a gold item and it holds that item's words. */
export function measureItems(part: GoldPart): Measure {
  let [expected, found, right] = [0, 0, 0];
  const faults: string[] = [];
  for (const conversation of goldConversations(part)) {
    const items = itemsOf(conversation);
    const open = new Set(items);
    for (const gold of conversation.items) {
      const match = [...open].find(
        ({ type, evidence, content }) =>
          type === gold.type &&
          evidence[0]?.messageId === `${conversation.name}-${gold.turn}` &&
          content.includes(gold.says),
      );
      if (match) open.delete(match);
      else faults.push(`${conversation.name}: missing ${gold.type} "${gold.says}"`);
      right += match ? 1 : 0;
    }
    for (const extra of open)
      faults.push(`${conversation.name}: extra ${extra.type} ${extra.confidence} "${extra.content}"`);
    expected += conversation.items.length;
    found += items.length;
  }
  return measure(expected, found, right, faults);
}

/** Relations among the gold items themselves, so that faults of the extraction play no part. */
export function measureRelations(type: 'DEPENDS_ON' | 'EVOLVES_TO'): Measure {
  const items = relatableGold();
  const idOf = ({ conversation, says }: GoldEnd) => {
    const item = items.find(({ conversationId, content }) => conversationId === conversation && content.includes(says));
    if (!item) throw new Error(`gold/relations.json: ${conversation} has no item that says "${says}"`);
    return item.id;
  };
  const wanted = new Set(
    (goldRelations()[type] ?? []).map(({ source, target }) => `${idOf(source)} -> ${idOf(target)}`),
  );
  const found = relateItems({ fresh: items, known: [] }).filter((relation) => relation.type === type);
  const key = ({ sourceId, targetId }: FoundRelation) => `${sourceId} -> ${targetId}`;
  const right = found.filter((relation) => wanted.has(key(relation)));
  const faults = [
    ...[...wanted].filter((pair) => !found.some((relation) => key(relation) === pair)).map((pair) => `missing ${pair}`),
    ...found
      .filter((relation) => !wanted.has(key(relation)))
      .map((relation) => `extra ${key(relation)} (${relation.reason})`),
  ];
  return measure(wanted.size, found.length, right.length, faults);
}
