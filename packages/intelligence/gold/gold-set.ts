import { readdirSync, readFileSync } from 'node:fs';
import type { IntelligenceType, MessageRole, RelationType } from '@colloquy/domain';
import type { RelatableItem, SourceMessage } from '../src/model.ts';
import { sentencesOf } from '../src/text/sentences.ts';

/** An item that a reader would note down: its type, the turn that states it, and words of the statement. */
export interface GoldItem {
  type: IntelligenceType;
  turn: number;
  says: string;
}

export interface GoldConversation {
  name: string;
  platform: string;
  title: string;
  startedAt: string;
  turns: { role: MessageRole; text: string }[];
  items: GoldItem[];
}

export interface GoldEnd {
  conversation: string;
  says: string;
}

export interface GoldRelation {
  source: GoldEnd;
  target: GoldEnd;
}

const folder = new URL('./', import.meta.url);
const MINUTE = 60_000;

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
}

/** In the order of their writing. The rules were improved on each part after it was first measured (see the README). */
export const GOLD_PARTS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'] as const;
export type GoldPart = (typeof GOLD_PARTS)[number];

export function goldConversations(part: GoldPart = 'first'): GoldConversation[] {
  return readdirSync(new URL(`${part}/`, folder))
    .sort()
    .map((file) => readJson(`${part}/${file}`) as GoldConversation);
}

export function goldRelations(): Partial<Record<RelationType, GoldRelation[]>> {
  return readJson('relations.json') as Partial<Record<RelationType, GoldRelation[]>>;
}

/** A gold conversation as the extractor takes it: one branch, a turn each minute. */
export function messagesOf({ name, startedAt, turns }: GoldConversation): SourceMessage[] {
  const start = new Date(startedAt).getTime();
  return turns.map(({ role, text }, index) => ({
    id: `${name}-${index}`,
    parentId: index === 0 ? null : `${name}-${index - 1}`,
    role,
    text,
    hidden: false,
    onActivePath: true,
    sequence: index,
    createdAt: new Date(start + index * MINUTE),
  }));
}

/** The sentence in which a gold item is stated. */
export function sentenceOf({ turns, name }: GoldConversation, item: GoldItem): { text: string; start: number } {
  const sentence = sentencesOf(turns[item.turn]?.text ?? '').find(({ raw }) => raw.includes(item.says));
  if (!sentence) throw new Error(`gold/${name}: no sentence of turn ${item.turn} says "${item.says}"`);
  return { text: sentence.raw, start: sentence.start };
}

/** The vectors of all gold sentences (see `embed-gold.ts`), by sentence: signed bytes in base64, scaled by 127. */
export function goldVectors(): Map<string, Float32Array> {
  const rows = readJson('vectors.json') as Record<string, string>;
  return new Map(
    Object.entries(rows).map(([text, bytes]) => {
      const vector = Float32Array.from(new Int8Array(Buffer.from(bytes, 'base64')));
      const length = Math.hypot(...vector);
      return [text, vector.map((value) => value / length)];
    }),
  );
}

/** Every gold item, ready to be related. Its id is `conversation: says`. */
export function relatableGold(): RelatableItem[] {
  const vectors = goldVectors();
  return goldConversations().flatMap((conversation) =>
    conversation.items.map((item) => {
      const { text, start } = sentenceOf(conversation, item);
      const vector = vectors.get(text);
      if (!vector) throw new Error(`gold/vectors.json has no vector for: ${text}`);
      const message = messagesOf(conversation)[item.turn];
      return {
        id: `${conversation.name}: ${item.says}`,
        conversationId: conversation.name,
        platform: conversation.platform,
        type: item.type,
        title: text,
        content: text,
        tags: [],
        occurredAt: message?.createdAt ?? null,
        order: item.turn * 1e6 + start,
        evidenceMessageIds: [message?.id ?? ''],
        vector,
      };
    }),
  );
}
