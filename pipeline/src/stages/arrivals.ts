import type { IssueRow } from '@colloquy/database';
import type { ParsedConversation, ParsedRecord } from '@colloquy/formats';

/** A conversation at its place in the archive, with the issues met since the one before it; null after the last one. */
export interface Arrival {
  ordinal: number;
  conversation: ParsedConversation | null;
  issues: IssueRow[];
}

/** How much one transaction takes in: enough to be fast, little enough to show progress and to lose little. */
const FULL = { conversations: 100, messages: 2_000, characters: 8_000_000 };

/** Issues in a row that are kept one by one: a broken file of millions of records must not fill the memory. */
const MOST_IN_A_ROW = 10_000;

/** Numbers conversations by their place in the archive, which is the same at every attempt; drops the first `skip` of them. */
export async function* arrivals(records: AsyncIterable<ParsedRecord>, skip: number): AsyncGenerator<Arrival> {
  let ordinal = 0;
  let waiting = new IssuesInARow();
  for await (const record of records) {
    if (record.kind === 'issue') {
      waiting.add(record.issue);
      continue;
    }
    const { conversation } = record;
    if (ordinal >= skip) yield { ordinal, conversation, issues: [...waiting.issues(), ...conversation.issues] };
    ordinal++;
    waiting = new IssuesInARow();
  }
  const issues = waiting.issues();
  if (issues.length > 0) yield { ordinal, conversation: null, issues };
}

/** Issues between two conversations; of very many, the last ones are only counted. */
class IssuesInARow {
  readonly #kept: IssueRow[] = [];
  #further = 0;

  add(issue: IssueRow): void {
    if (this.#kept.length < MOST_IN_A_ROW) this.#kept.push(issue);
    else this.#further++;
  }

  issues(): IssueRow[] {
    const last = this.#kept.at(-1);
    if (this.#further === 0 || !last) return this.#kept;
    const message = `${this.#further} more records that follow cannot be read either.`;
    return [...this.#kept, { code: 'FURTHER_ISSUES', message, location: last.location }];
  }
}

/** Arrivals that are stored together. */
export class Batch {
  readonly arrivals: Arrival[] = [];
  conversations = 0;
  private messages = 0;
  private characters = 0;

  add(arrival: Arrival): void {
    this.arrivals.push(arrival);
    if (!arrival.conversation) return;
    this.conversations++;
    this.messages += arrival.conversation.messages.length;
    this.characters += charactersOf(arrival.conversation);
  }

  /** What tells its conversations from others. */
  get keys(): Set<string> {
    return new Set(
      this.arrivals.flatMap(({ conversation }) =>
        conversation ? [`${conversation.platform} ${conversation.externalId}`] : [],
      ),
    );
  }

  get isFull(): boolean {
    return (
      this.conversations >= FULL.conversations || this.messages >= FULL.messages || this.characters >= FULL.characters
    );
  }
}

function charactersOf({ raw, messages }: ParsedConversation): number {
  return messages.reduce((sum, message) => sum + message.text.length + message.raw.length, raw.length);
}
