import type { SourceMessage } from '../model.ts';

/** How far up a branch a user's turn can refer back. */
const MAX_TURNS_BACK = 6;

/** Depth-first walks over the visible parts of a conversation's message tree. */
export class Branches {
  readonly #byId: ReadonlyMap<string, SourceMessage>;

  constructor(messages: readonly SourceMessage[]) {
    this.#byId = new Map(messages.map((message) => [message.id, message]));
  }

  /** What the assistant said between this user turn and the user turn before it, the latest first. */
  assistantTurnsBefore(user: SourceMessage): SourceMessage[] {
    const turns: SourceMessage[] = [];
    const seen = new Set([user.id]);
    let at = this.#parent(user);
    while (at && !seen.has(at.id) && turns.length < MAX_TURNS_BACK) {
      seen.add(at.id);
      if (at.role === 'USER' && !at.hidden) break;
      if (at.role === 'ASSISTANT' && !at.hidden && at.text.trim() !== '') turns.push(at);
      at = this.#parent(at);
    }
    return turns;
  }

  /** The user turn that precedes this message on its branch. */
  previousUserTurn(message: SourceMessage): SourceMessage | null {
    const seen = new Set([message.id]);
    let at = this.#parent(message);
    while (at && !seen.has(at.id)) {
      if (at.role === 'USER' && !at.hidden) return at;
      seen.add(at.id);
      at = this.#parent(at);
    }
    return null;
  }

  #parent(message: SourceMessage): SourceMessage | undefined {
    return message.parentId === null ? undefined : this.#byId.get(message.parentId);
  }
}

const UNKNOWN_TIME = Number.POSITIVE_INFINITY;

/** The order in which items are told: active path first, then time, then what was written. Independent of ids. */
export function inReadingOrder(messages: readonly SourceMessage[]): SourceMessage[] {
  const compare = (a: SourceMessage, b: SourceMessage) =>
    (a.sequence ?? UNKNOWN_TIME) - (b.sequence ?? UNKNOWN_TIME) ||
    (a.createdAt?.getTime() ?? UNKNOWN_TIME) - (b.createdAt?.getTime() ?? UNKNOWN_TIME);
  return messages
    .map((message, given) => ({ message, given }))
    .sort((a, b) => {
      const order = compare(a.message, b.message);
      if (order !== 0 && !Number.isNaN(order)) return order;
      if (a.message.text !== b.message.text) return a.message.text < b.message.text ? -1 : 1;
      return a.given - b.given;
    })
    .map(({ message }) => message);
}
