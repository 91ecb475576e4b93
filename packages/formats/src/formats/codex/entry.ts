import type { MessageDraft } from '../../conversation/tree-node.ts';

/** What happened in a session, in the order of its lines. */
export type Entry =
  | { kind: 'message'; id: string; message: MessageDraft; location: string; parts: string[] }
  /** Said by an event; a copy when an item says the same. */
  | { kind: 'event'; id: string; message: MessageDraft; location: string; raw: string }
  /** The last turns of the user were taken back. */
  | { kind: 'rollback'; turns: number };

/** The entries without the events that repeat an item; those are handed to `onCopy`. */
export function withoutCopies(entries: readonly Entry[], onCopy: (raw: string) => void): Entry[] {
  const said = new Said();
  for (const [index, entry] of entries.entries()) if (entry.kind === 'message') said.add(index, entry);
  return entries.filter((entry) => {
    if (entry.kind !== 'event' || !said.take(entry.message)) return true;
    onCopy(entry.raw);
    return false;
  });
}

/** What items say, each to be repeated once. */
class Said {
  readonly #byWords = new Map<string, number[]>();
  readonly #taken = new Set<number>();

  add(index: number, { message, parts }: Extract<Entry, { kind: 'message' }>): void {
    for (const words of new Set([message.text, ...parts].map((part) => keyOf(message, part)))) {
      const indexes = this.#byWords.get(words);
      if (indexes) indexes.push(index);
      else this.#byWords.set(words, [index]);
    }
  }

  /** Whether an item says the same and was not repeated before. Each index is looked at once per key. */
  take(message: MessageDraft): boolean {
    const indexes = this.#byWords.get(keyOf(message, message.text)) ?? [];
    for (let index = indexes.shift(); index !== undefined; index = indexes.shift()) {
      if (this.#taken.has(index)) continue;
      this.#taken.add(index);
      return true;
    }
    return false;
  }
}

function keyOf({ role, hidden }: MessageDraft, text: string): string {
  return `${role} ${hidden} ${text.trim()}`;
}
