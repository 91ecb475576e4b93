import { conversation } from './conversation.ts';
import { createRandom } from './random.ts';

/** Size of an export to generate; the same numbers give the same bytes. */
export interface ExportSize {
  conversations: number;
  messages: number;
  /** Bytes of JSON per message, on average over an export. */
  bytesPerMessage: number;
  seed: number;
}

/** Messages of every conversation: most are short, some long; together exactly as many as asked for, none empty. */
export function messagesPerConversation({ conversations, messages, seed }: ExportSize): number[] {
  const random = createRandom(seed, -1);
  const weights = Array.from({ length: conversations }, () => Math.exp(0.6 * random.normal()));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const spare = messages - conversations;
  let reached = 0;
  let given = 0;
  return weights.map((weight) => {
    reached += weight;
    const until = Math.round((reached / total) * spare);
    const own = until - given;
    given = until;
    return 1 + own;
  });
}

const CONVERSATIONS_TRIED = 10;
const MESSAGES_TRIED = 120;

/** The mean length of texts that makes messages as large as asked for, found by trying twice. */
export function textLength({ bytesPerMessage, seed }: ExportSize): number {
  const sizeAt = (length: number) =>
    Array.from(
      { length: 10 },
      (_, index) =>
        toJson(conversation({ seed, index: -2 - index, messages: MESSAGES_TRIED, textLength: length })).length,
    ).reduce((sum, size) => sum + size, 0) /
    (CONVERSATIONS_TRIED * MESSAGES_TRIED);
  const [short, long] = [sizeAt(200), sizeAt(1200)];
  return Math.max(1, 200 + ((bytesPerMessage - short) / (long - short)) * 1000);
}

const BEYOND_ASCII = /[\u0080-\uffff]/g;

/** JSON as OpenAI writes it: everything beyond ASCII is escaped. */
export function toJson(value: object): string {
  return JSON.stringify(value).replace(
    BEYOND_ASCII,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
